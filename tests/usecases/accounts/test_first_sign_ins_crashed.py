"""A crash between claim and record: the same person finishes what was begun, nobody else takes it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.records.directory import claim_name, look_up, new_claim
from tests.support.accounts.claiming import (
    ADA,
    MAX,
    OLGA,
    SAM,
    check_database,
    check_signed_in,
    claims_of,
    crash_at,
    crash_when_claimed,
    emptied_store,
    names_of,
    place_of,
    signs_in,
)
from tests.support.accounts.interleaving import CrashError, Fate, take_turns
from tests.support.accounts.people import the_workspace
from tests.support.api.deployment import Clock
from tests.support.factories import NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.records.directory import Claim
    from admitone.store.store import Store
    from admitone.usecases.accounts.sign_in import Identity
    from tests.support.redis_server import RedisServer


@pytest.fixture
async def store(redis_server: RedisServer) -> AsyncIterator[Store]:
    """A store on an empty Redis."""
    async with emptied_store(redis_server) as one:
        yield one


@pytest.mark.parametrize("fate", [Fate.IS_NOT_MADE, Fate.IS_NOT_HEARD_OF])
@pytest.mark.parametrize("who", [ADA, SAM], ids=["of a domain", "personal"])
async def test_whoever_crashed_at_any_step_finishes_with_the_ids_of_their_claims(
    redis_server: RedisServer, who: Identity, fate: Fate
) -> None:
    step = 0
    died = True
    while died:
        async with emptied_store(redis_server) as store:
            [outcome] = await take_turns(store, crash_at(step, fate), signs_in(who))
            died = isinstance(outcome, CrashError)
            claims = await claims_of(store, who)
            await signs_in(OLGA)(store)
            assert await somebody_else_takes(store, who, after=599) == claims
            assert await claims_of(store, who) == claims
            await check_signed_in(store, who, await signs_in(who)(store))
            for claim in claims:
                assert await place_of(store, "address", who.email) == (claim.workspace, claim.record)
            await check_database(store)
        step += 1
    assert step > 8


async def test_an_orphan_falls_to_somebody_else_after_ten_minutes(store: Store) -> None:
    await crash_when_claimed(store, SAM, "address", SAM.email)
    assert await somebody_else_takes(store, SAM, after=600) == []


async def test_what_is_finished_never_falls(store: Store) -> None:
    await signs_in(SAM)(store)
    claims = await claims_of(store, SAM)
    assert await somebody_else_takes(store, SAM, after=10**6, bears=True) == claims


async def test_a_colleague_finishes_a_workspace_that_was_begun(store: Store) -> None:
    """The domain is theirs as well: they go on with its number, and whoever began it comes in later."""
    begun = await crash_when_claimed(store, ADA, "domain", "acme.test")
    await signs_in(MAX)(store)
    await signs_in(ADA)(store)
    workspace = await the_workspace(store.client)
    assert workspace.id == begun.workspace
    roles = {user["email"]: user["role"] for user in workspace.users.values()}
    assert roles == {MAX.email: "administrator", ADA.email: "member"}


async def test_claims_that_became_old_are_renewed_before_the_record_is_written(store: Store) -> None:
    """A process that stood still for a minute must not write: its claims may fall before it does."""
    times = iter([NOW])

    def now() -> int:
        return next(times, NOW + 61)

    await check_signed_in(store, SAM, await signs_in(SAM, now)(store))
    assert {claim.at for claim in await claims_of(store, SAM)} == {NOW + 61}


async def somebody_else_takes(store: Store, who: Identity, *, after: int, bears: bool = False) -> list[Claim]:
    """What somebody with another record meets who claims these names `after` seconds; empty if they fall."""
    foreign = new_claim("0XYZ", "somebody", Clock()() + after)

    async def is_borne(_: Claim) -> bool:
        return bears

    met = []
    for kind, name in names_of(who):
        if await look_up(store, kind, name) is not None:
            met.append(await claim_name(store, kind, name, foreign, is_borne=is_borne))
    return [claim for claim in met if claim is not None]
