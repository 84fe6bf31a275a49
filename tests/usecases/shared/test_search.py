"""A search is right however many records have its words, and examines few, the newest of a word first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.errors import Invalid
from admitone.store.records.search_words import fold, words_of, words_of_note
from admitone.store.records.word_index import word_members
from admitone.usecases.shared import search
from admitone.usecases.shared.search import Searched, searched_listing
from tests.support.factories import NOW
from tests.support.store.actions import a_store, empty
from tests.support.store.examples import examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from redis.asyncio import Redis

    from admitone.store.store import Store

EXAMINED = 5
KEY = "ao:{p00}:0ABC:links:words"
NAMES = ("carla", "carlo", "car", "customer", "cus", "ann", "Ännchen")


class Person(msgspec.Struct, frozen=True):
    """A record with a name."""

    id: str
    name: str
    created_at: int


class People:
    """Some people in a word index, and how many a search has read."""

    def __init__(self, store: Store, people: Sequence[Person], *, is_scored: bool = False) -> None:
        self.store = store
        self.is_scored = is_scored
        self.by_id = {person.id: person for person in people}
        self.read: list[int] = []

    async def put(self) -> None:
        """Index everybody."""
        for person in self.by_id.values():
            for member in word_members(words_of(person.name), person.created_at, person.id):
                await self.store.client.zadd(KEY, {member: 0})

    async def part(self, text: str, *, cursor: str | None = None, limit: int = 50) -> Any:
        """One part of what a search finds."""

        async def read(ids: Sequence[str]) -> list[Person]:
            self.read[-1] += len(ids)
            return [self.by_id[one] for one in ids]

        async def words(people: Sequence[Person]) -> list[list[str]]:
            return [words_of(person.name) for person in people]

        self.read.append(0)
        searched = Searched(
            key=KEY,
            read=read,
            words=words,
            matches=lambda person: not person.id.endswith("hidden"),
            score=(lambda person: person.created_at) if self.is_scored else None,
        )
        return await searched_listing(self.store, searched, text, cursor=cursor, limit=limit)

    async def found(self, text: str, limit: int = 50) -> list[str]:
        """The ids of all parts."""
        part = await self.part(text, limit=limit)
        ids = [person.id for person in part.items]
        while part.next_cursor:
            part = await self.part(text, cursor=part.next_cursor, limit=limit)
            ids += [person.id for person in part.items]
        return ids


@pytest.fixture(autouse=True)
def few_are_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few records are many."""
    monkeypatch.setattr(search, "EXAMINED", EXAMINED)


@pytest.fixture
async def store(redis: Redis, redis_url: str) -> AsyncIterator[Store]:
    """A store on an empty Redis."""
    async with a_store(redis_url) as opened:
        yield opened


@pytest.fixture
async def carlas(store: Store) -> People:
    """Forty people of one first name, the newest last."""
    people = People(store, [Person(f"{n:02}", f"Carla Customer{n:02}", NOW + n) for n in range(40)])
    await people.put()
    return people


async def test_a_rare_word_finds_its_record_among_many_with_the_other_words(carlas: People) -> None:
    part = await carlas.part("carla customer07")
    assert ([person.id for person in part.items], part.next_cursor) == (["07"], None)
    assert carlas.read == [1]


@pytest.mark.parametrize("limit", [1, 7, 50])
async def test_the_newest_of_a_word_come_first_in_parts(carlas: People, limit: int) -> None:
    newest_first = [f"{n:02}" for n in reversed(range(40))]
    assert await carlas.found("carla", limit) == newest_first
    assert sorted(await carlas.found("carla customer", limit)) == sorted(newest_first)
    assert max(carlas.read) <= EXAMINED


@pytest.mark.parametrize("is_scored", [True, False])
async def test_few_hits_come_in_the_order_of_the_list(store: Store, is_scored: bool) -> None:
    named = [("1", "Carla"), ("2", "Carlo"), ("3", "Carl"), ("4", "Carla Carlson")]
    numbered = [Person(*one, NOW + place) for place, one in enumerate(named)]
    people = People(store, numbered, is_scored=is_scored)
    await people.put()
    for limit in (1, 3, 4):
        assert await people.found("carl", limit) == ["4", "3", "2", "1"]


async def test_a_cursor_of_another_search_is_refused(carlas: People) -> None:
    cursor = (await carlas.part("carla", limit=1)).next_cursor
    for wrong in (cursor, "W10", "."):
        with pytest.raises(Invalid):
            await carlas.part("customer", cursor=wrong)


@examples(60)
@given(
    named=st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3), max_size=14),
    text=st.lists(st.sampled_from(["car", "carla", "cu", "customer", "ann", "xx"]), min_size=1, max_size=2),
    limit=st.integers(1, 6),
    hidden=st.sets(st.integers(0, 13)),
    is_scored=st.booleans(),
)
def test_a_search_finds_each_record_with_all_words_once(
    redis_url: str,
    named: list[list[str]],
    text: list[str],
    limit: int,
    hidden: set[int],
    is_scored: bool,
) -> None:
    async def scenario() -> None:
        async with a_store(redis_url) as store:
            await empty(store)
            ids = [f"{place:02}{'hidden' if place in hidden else ''}" for place in range(len(named))]
            people = People(
                store,
                [Person(one, " ".join(names), NOW) for one, names in zip(ids, named, strict=True)],
                is_scored=is_scored,
            )
            await people.put()
            found = await people.found(" ".join(text), limit)
            expected = [
                one
                for one, names in zip(ids, named, strict=True)
                if not one.endswith("hidden")
                and all(any(fold(name).startswith(word) for name in names) for word in text)
            ]
            assert sorted(found) == expected
            assert max(people.read) <= 2 * EXAMINED

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("", []),
        ("Met at the (big) fair, in Berlin…", ["met", "at", "the", "big", "fair", "in", "berlin"]),
        ("carla@customer.test; e-mail!", ["carla@customer.test", "e-mail"]),
        ("A Ä ÄÖ ao", ["ao"]),
        ("\0 x\0y", ["xy"]),
    ],
)
def test_the_words_of_a_note_have_no_punctuation_around_them(note: str, words: list[str]) -> None:
    assert words_of_note(note) == words


def test_a_long_note_is_found_by_its_first_words() -> None:
    assert words_of_note(" ".join(f"w{n:03}" for n in range(300))) == [f"w{n:03}" for n in range(24)]
