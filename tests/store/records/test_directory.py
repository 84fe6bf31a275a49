"""A name leads to one record; a claim whose record never came falls, and no other does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.store.records.directory import ORPHAN_AGE, Claim, claim_name, look_up, new_claim, release_name
from tests.support.factories import NOW, WORKSPACE
from tests.support.store.actions import a_store

if TYPE_CHECKING:
    from admitone.store.store import Store

OTHER = "0XYZ"


class Bearers:
    """Says which records bear the name, and notes about which it was asked."""

    def __init__(self, *records: str) -> None:
        self.records = records
        self.asked: list[str] = []

    async def __call__(self, claim: Claim) -> bool:
        self.asked.append(claim.record)
        return claim.record in self.records


async def claim(store: Store, claim: Claim, bearers: Bearers | None = None) -> Claim | None:
    return await claim_name(store, "slug", "hanna", claim, is_borne=bearers or Bearers())


async def test_a_name_leads_to_whoever_claimed_it(store: Store) -> None:
    first = new_claim(WORKSPACE, "page", NOW)
    assert await look_up(store, "slug", "hanna") is None
    assert await claim(store, first) is None
    assert await look_up(store, "slug", "hanna") == first
    assert await look_up(store, "domain", "hanna") is None
    assert await look_up(store, "slug", "bernd") is None


@pytest.mark.parametrize("age", [0, 1, ORPHAN_AGE - 1])
async def test_an_unfinished_claim_of_somebody_else_holds_for_ten_minutes(store: Store, age: int) -> None:
    first = new_claim(WORKSPACE, "page", NOW)
    await claim(store, first)
    bearers = Bearers()
    assert await claim(store, new_claim(OTHER, "page", NOW + age), bearers) == first
    assert bearers.asked == []
    assert await look_up(store, "slug", "hanna") == first


async def test_an_orphan_falls_after_ten_minutes(store: Store) -> None:
    await claim(store, new_claim(WORKSPACE, "page", NOW))
    second = new_claim(OTHER, "page", NOW + ORPHAN_AGE)
    assert await claim(store, second) is None
    assert await look_up(store, "slug", "hanna") == second


async def test_a_claim_whose_record_bears_the_name_never_falls(store: Store) -> None:
    first = new_claim(WORKSPACE, "page", NOW)
    await claim(store, first)
    bearers = Bearers("page")
    assert await claim(store, new_claim(OTHER, "another", NOW + 10**6), bearers) == first
    assert bearers.asked == ["page"]


async def test_a_claim_is_renewed_by_its_own_record_at_any_time(store: Store) -> None:
    await claim(store, new_claim(WORKSPACE, "page", NOW))
    for age in (1, ORPHAN_AGE, 10**6):
        renewed = new_claim(WORKSPACE, "page", NOW + age)
        assert await claim(store, renewed) is None
        assert await look_up(store, "slug", "hanna") == renewed


@pytest.mark.parametrize(("workspace", "record"), [(OTHER, "page"), (WORKSPACE, "another")])
async def test_the_same_record_is_that_of_the_same_workspace(
    store: Store, workspace: str, record: str
) -> None:
    first = new_claim(WORKSPACE, "page", NOW)
    await claim(store, first)
    assert await claim(store, new_claim(workspace, record, NOW)) == first


async def test_claiming_again_with_the_same_claim_changes_nothing(store: Store) -> None:
    first = new_claim(WORKSPACE, "page", NOW)
    assert await claim(store, first) is None
    assert await claim(store, first) is None
    assert await look_up(store, "slug", "hanna") == first


async def test_a_released_name_is_free(store: Store) -> None:
    first, second = new_claim(WORKSPACE, "page", NOW), new_claim(OTHER, "page", NOW)
    await claim(store, first)
    await release_name(store, "slug", "hanna", first)
    assert await look_up(store, "slug", "hanna") is None
    await release_name(store, "slug", "hanna", first)
    assert await claim(store, second) is None


async def test_a_release_takes_nothing_from_a_later_claim(store: Store) -> None:
    first = new_claim(WORKSPACE, "page", NOW)
    await claim(store, first)
    renewed = new_claim(WORKSPACE, "page", NOW)
    await claim(store, renewed)
    await release_name(store, "slug", "hanna", first)
    assert await look_up(store, "slug", "hanna") == renewed
    await release_name(store, "slug", "hanna", msgspec.structs.replace(renewed, at=NOW + 1))
    assert await look_up(store, "slug", "hanna") == renewed


async def test_of_many_claimants_at_once_one_has_the_name_and_all_know_who(redis_url: str) -> None:
    async with a_store(redis_url) as one, a_store(redis_url) as other:
        claims = [new_claim(WORKSPACE, f"page-{i}", NOW) for i in range(40)]
        others = await asyncio.gather(*(claim(one if i % 2 else other, c) for i, c in enumerate(claims)))
        winner = await look_up(one, "slug", "hanna")
        assert [c for c, found in zip(claims, others, strict=True) if found is None] == [winner]
        assert {found for found in others if found is not None} == {winner}


async def test_of_many_who_take_over_an_orphan_one_has_the_name(redis_url: str) -> None:
    async with a_store(redis_url) as one, a_store(redis_url) as other:
        await claim(one, new_claim(WORKSPACE, "orphan", NOW))
        claims = [new_claim(WORKSPACE, f"page-{i}", NOW + ORPHAN_AGE) for i in range(40)]
        others = await asyncio.gather(*(claim(one if i % 2 else other, c) for i, c in enumerate(claims)))
        winner = await look_up(one, "slug", "hanna")
        assert [c for c, found in zip(claims, others, strict=True) if found is None] == [winner]


async def test_claims_renewals_and_releases_at_once_end_in_one_claim_or_none(redis_url: str) -> None:
    async with a_store(redis_url) as one, a_store(redis_url) as other:

        async def claim_and_release(store: Store, record: str) -> int:
            has_had = 0
            for _ in range(20):
                mine = new_claim(WORKSPACE, record, NOW)
                if await claim(store, mine) is None:
                    has_had += 1
                    await release_name(store, "slug", "hanna", mine)
            return has_had

        had = await asyncio.gather(
            *(claim_and_release(one if i % 2 else other, f"page-{i % 3}") for i in range(12))
        )
        assert sum(had) > 0
        left = await look_up(one, "slug", "hanna")
        assert left is None
