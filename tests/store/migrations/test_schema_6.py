"""Links, bookings and contacts of schema 5 are in the lists and word indexes of schema 6, each once."""

from __future__ import annotations

from typing import Any

from admitone.store.migrations.migration import Record
from admitone.store.migrations.record_scan import read_again
from admitone.store.migrations.schema_6 import TO_SCHEMA_6
from tests.support.factories import WORKSPACE
from tests.support.invariants import check_invariants
from tests.support.store.actions import a_store
from tests.support.store.earlier_data import put_earlier
from tests.support.store.stored_data import read_workspace, workspace_of

BEFORE = read_workspace(workspace_of(5))
NAMES = BEFORE.names
INDEXES = (
    *("links:booked", "links:revoked", "links:expired", "links:expiring"),
    *("links:words", "bookings:words", "contacts:words"),
)


async def indexes(redis: Any) -> dict[str, Any]:
    """The lists by state and the word indexes, as they are stored."""
    prefix = f"ao:{{p12}}:{WORKSPACE}:"
    return {name: await redis.zrange(f"{prefix}{name}", 0, -1, withscores=True) for name in INDEXES}


async def test_links_are_listed_by_their_state(redis: Any, redis_url: str) -> None:
    await put_earlier(redis, BEFORE)
    async with a_store(redis_url) as store:
        keys = store.keys(WORKSPACE)
        for key, names in (
            (keys.booked_links, {"booked", "kept", "again"}),
            (keys.revoked_links, {"revoked"}),
        ):
            listed = {link.decode() for link in await redis.zrange(key, 0, -1)}
            assert listed == {NAMES[f"link_{name}"] for name in names}
        assert await redis.zscore(keys.expiring_links, NAMES["link_plain"]) > int(NAMES["now"])
        assert await check_invariants(redis) == []


async def test_a_workspace_has_one_timer_at_the_next_expiry(redis: Any, redis_url: str) -> None:
    await put_earlier(redis, BEFORE)
    async with a_store(redis_url) as store:
        keys = store.keys(WORKSPACE)
        [(_, next_expiry)] = await redis.zrange(keys.expiring_links, 0, 0, withscores=True)
        timers = {
            text.decode(): at
            for text, at in await redis.zrange(keys.delayed, 0, -1, withscores=True)
            if text.startswith(b"link.expire")
        }
        assert timers == {f"link.expire {WORKSPACE} rlinks": next_expiry}


async def test_the_old_indexes_are_gone(redis: Any, redis_url: str) -> None:
    await put_earlier(redis, BEFORE)
    assert await redis.keys("*:words:*")
    async with a_store(redis_url):
        assert not await redis.keys("*:words:*")


async def test_entering_a_record_again_changes_nothing(redis: Any, redis_url: str) -> None:
    await put_earlier(redis, BEFORE)
    async with a_store(redis_url) as store:
        keys, before = store.keys(WORKSPACE), await indexes(redis)
        again = {
            "link": [keys.link(NAMES[f"link_{name}"]) for name in ("plain", "again", "revoked", "expired")],
            "booking": [keys.booking(NAMES["booking_of_again"])],
            "contact": [keys.contact(NAMES["contact"])],
        }
        for upgrade in TO_SCHEMA_6.upgrades:
            for key in again[upgrade.kind]:
                record = await read_again(
                    store, Record(upgrade.kind, key, WORKSPACE, key.rpartition(":")[2], [])
                )
                assert record
                assert upgrade.enter
                await upgrade.enter(store, record, record.values)
        assert await indexes(redis) == before
