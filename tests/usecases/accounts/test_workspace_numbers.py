"""A workspace's number is drawn at random; one that is taken leads nobody into somebody else's workspace."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import Busy
from admitone.domain.tokens import decode
from tests.support.accounts.claiming import (
    ADA,
    OLGA,
    SAM,
    an_identity,
    check_database,
    check_signed_in,
    crash_when_claimed,
    emptied_store,
    signs_in,
)
from tests.support.accounts.interleaving import Turn, take_turns
from tests.support.accounts.people import workspaces
from tests.support.api.deployment import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store
    from admitone.usecases.accounts.sign_in import Identity
    from tests.support.redis_server import RedisServer

NUMBER_BYTES = 3
TAKEN, FREE, SPARE = "0T0K", "0FRE", "0SPR"
RIVAL = an_identity("rival", "rival@gmail.com")


class Draws:
    """Workspace numbers in a given order, the last one again and again; other random bytes stay random."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.numbers: list[str] = []
        real = secrets.token_bytes
        monkeypatch.setattr(
            secrets, "token_bytes", lambda n=None: self.next() if n == NUMBER_BYTES else real(n)
        )

    def next(self) -> bytes:
        """The bytes whose first 20 bits are the next number."""
        number = self.numbers[0] if len(self.numbers) == 1 else self.numbers.pop(0)
        return (int.from_bytes(decode(number, NUMBER_BYTES), "big") << 4).to_bytes(NUMBER_BYTES, "big")


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> Draws:
    """What is drawn."""
    return Draws(monkeypatch)


@pytest.fixture
async def store(redis_server: RedisServer, draws: Draws) -> AsyncIterator[Store]:
    """A store in which Olga has a workspace."""
    async with emptied_store(redis_server) as one:
        draws.numbers = [TAKEN]
        await signs_in(OLGA)(one)
        assert [found.id for found in await workspaces(one.client)] == [TAKEN]
        yield one
        await check_database(one)
        [olgas] = [found for found in await workspaces(one.client) if found.id == TAKEN]
        assert [user["email"] for user in olgas.users.values()] == [OLGA.email]


everybody = pytest.mark.parametrize("who", [ADA, SAM], ids=["of a domain", "personal"])


@everybody
async def test_a_number_that_somebody_has_is_drawn_again(store: Store, draws: Draws, who: Identity) -> None:
    draws.numbers = [TAKEN, TAKEN, FREE]
    token = await signs_in(who)(store)
    assert token.startswith(FREE)


@everybody
async def test_without_a_free_number_nobody_gets_in(store: Store, draws: Draws, who: Identity) -> None:
    draws.numbers = [TAKEN]
    with pytest.raises(Busy):
        await signs_in(who)(store)


@everybody
async def test_of_two_who_draw_a_number_at_once_one_has_it(
    redis_server: RedisServer, draws: Draws, who: Identity
) -> None:
    """The other one's claims point to a number that is not theirs: at worst they wait until those fall."""
    outcomes = []
    for trips in range(12):
        async with emptied_store(redis_server) as store:
            clock = Clock()
            draws.numbers = [FREE, FREE, SPARE]
            turns = [*[Turn(0)] * trips, *[Turn(1)] * 40]
            first, second = await take_turns(store, turns, signs_in(who, clock), signs_in(RIVAL, clock))
            await check_signed_in(store, RIVAL, second)
            clock.forward(minutes=10)
            await check_signed_in(store, who, await signs_in(who, clock)(store))
            assert sorted(found.id for found in await workspaces(store.client)) == [FREE, SPARE]
            await check_database(store)
            outcomes.append(first)
    assert any(isinstance(outcome, Busy) for outcome in outcomes), "they never drew it at once"


@everybody
async def test_a_number_that_was_begun_with_and_is_somebody_elses_since_lets_nobody_in(
    store: Store, draws: Draws, who: Identity
) -> None:
    clock = Clock()
    draws.numbers = [FREE]
    await crash_when_claimed(store, who, "address", who.email)
    assert (await signs_in(RIVAL)(store)).startswith(FREE)
    draws.numbers = [SPARE]
    with pytest.raises(Busy):
        await signs_in(who, clock)(store)
    clock.forward(minutes=10)
    token = await signs_in(who, clock)(store)
    assert token.startswith(SPARE)
    await check_signed_in(store, who, token)
