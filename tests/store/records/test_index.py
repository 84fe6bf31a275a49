"""Lists are read page by page: nothing skipped, nothing repeated, whatever shares a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.store.records.index import IndexEntry, read_index, read_indexes
from tests.support.sizes import size
from tests.support.store.actions import empty
from tests.support.store.examples import examples

if TYPE_CHECKING:
    from admitone.store.store import Store

KEY = "ao:{p00}:0000:links"

entries = st.lists(
    st.builds(IndexEntry, st.integers(0, 4), st.text("ab0", min_size=1, max_size=3)),
    max_size=30,
    unique_by=lambda e: e.id,
)
of_bookings = st.lists(
    st.builds(IndexEntry, st.integers(0, 4), st.text("ab0", min_size=3, max_size=3)),
    max_size=20,
    unique_by=lambda e: e.id,
)
"""Entries whose ids have one length, as those of bookings do."""


bounds = st.integers(-1, 5) | st.integers(-1, 5).map("({}".format) | st.sampled_from(["-inf", "+inf"])


def is_within(score: int, low: int | str, high: int | str) -> bool:
    """Whether a score keeps to bounds as Redis writes them."""
    lowest, highest = (float(str(bound).removeprefix("(")) for bound in (low, high))
    return (
        lowest <= score <= highest
        and not (score == lowest and str(low).startswith("("))
        and not (score == highest and str(high).startswith("("))
    )


async def put(store: Store, members: list[IndexEntry]) -> None:
    await empty(store)
    if members:
        await store.client.zadd(KEY, {entry.id: entry.score for entry in members})


@pytest.mark.soak
@examples(size(500, 40))
@given(members=entries, limit=st.integers(1, 7), newest_first=st.booleans())
async def test_pages_together_are_the_whole_list(
    store: Store, members: list[IndexEntry], limit: int, newest_first: bool
) -> None:
    await put(store, members)
    read: list[IndexEntry] = []
    after = None
    while page := await read_index(store, KEY, after=after, limit=limit, newest_first=newest_first):
        assert len(page) <= limit
        read += page
        after = page[-1]
    assert read == sorted(members, reverse=newest_first)


@pytest.mark.soak
@examples(size(500, 40))
@given(
    members=entries,
    after=st.none() | st.builds(IndexEntry, st.integers(0, 4), st.text("ab0", max_size=3)),
    low=bounds,
    high=bounds,
    newest_first=st.booleans(),
)
async def test_a_page_starts_after_an_entry_that_may_be_gone_and_keeps_to_its_bounds(
    store: Store,
    members: list[IndexEntry],
    after: IndexEntry | None,
    low: int | str,
    high: int | str,
    newest_first: bool,
) -> None:
    await put(store, members)
    read = await read_index(store, KEY, after=after, limit=5, newest_first=newest_first, low=low, high=high)
    wanted = [
        entry
        for entry in sorted(members, reverse=newest_first)
        if is_within(entry.score, low, high)
        and (after is None or (entry < after if newest_first else entry > after))
    ]
    assert read == wanted[:5]


@pytest.mark.soak
@examples(size(500, 40))
@given(
    members=of_bookings,
    spread=st.lists(st.sets(st.integers(0, 2), min_size=1), min_size=20, max_size=20),
    limit=st.integers(1, 7),
    newest_first=st.booleans(),
)
async def test_several_lists_are_read_as_one(
    store: Store, members: list[IndexEntry], spread: list[set[int]], limit: int, newest_first: bool
) -> None:
    await empty(store)
    keys = [f"{KEY}:{number}" for number in range(3)]
    for entry, places in zip(members, spread, strict=False):
        for place in places:
            member = entry.id if place else f"{entry.id}|more"
            await store.client.zadd(keys[place], {member: entry.score})
    read: list[IndexEntry] = []
    after = None
    while page := await read_indexes(store, keys, after=after, limit=limit, newest_first=newest_first):
        read += page
        after = page[-1]
        if len(page) < limit:
            break
    assert read == sorted(members, reverse=newest_first)


async def test_many_lists_are_read_in_one_trip(store: Store) -> None:
    await empty(store)
    keys = [f"{KEY}:{number}" for number in range(20)]
    for place, key in enumerate(keys):
        await store.client.zadd(
            key, {f"{place:02}-{number:02}": 100 * number + place for number in range(40)}
        )
    before = store.lines.trips
    read = await read_indexes(store, keys, after=None, limit=50, newest_first=True)
    assert [entry.score for entry in read] == [
        100 * number + place for number in (39, 38, 37) for place in range(19, -1, -1)
    ][:50]
    assert store.lines.trips - before == 1


@pytest.mark.parametrize("newest_first", [False, True])
async def test_a_page_of_many_with_one_score_takes_few_trips(store: Store, newest_first: bool) -> None:
    members = [IndexEntry(1, f"{i:04}") for i in range(1000)]
    await put(store, members)
    before = store.lines.trips
    read = await read_index(store, KEY, after=members[500], limit=200, newest_first=newest_first)
    assert read == (members[300:500][::-1] if newest_first else members[501:701])
    assert store.lines.trips - before <= 5


async def test_an_empty_list_is_empty(store: Store) -> None:
    assert await read_index(store, KEY, after=None, limit=5, newest_first=True) == []
