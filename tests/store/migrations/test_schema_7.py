"""The counters of schema 6, fields of hashes, are the numbers of strings in schema 7."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.migrations.migration import Record
from admitone.store.migrations.record_scan import read_again
from admitone.store.migrations.schema_7 import TO_SCHEMA_7
from tests.support.factories import WORKSPACE
from tests.support.raw_database import read_workspaces
from tests.support.reports.invariants import check_reports, report_hashes
from tests.support.store.actions import a_store
from tests.support.store.earlier_data import put_earlier
from tests.support.store.stored_data import StoredWorkspace, read_workspace, workspace_of

if TYPE_CHECKING:
    from tests.support.raw_database import Workspace
    from tests.support.reports.invariants import Hashes

BEFORE = read_workspace(workspace_of(6))
PREFIX = f"ao:{{p12}}:{WORKSPACE}:report:"
HASHES = {
    name.removeprefix(PREFIX): kept["value"]
    for name, kept in BEFORE.keys.items()
    if name.startswith(PREFIX) and kept["type"] == "hash"
}


async def raw(redis: Any) -> Workspace:
    """The workspace as it is stored."""
    [found] = [one for one in await read_workspaces(redis) if one.id == WORKSPACE]
    return found


def expected() -> Hashes:
    """The counters of before as `report_hashes` has them."""
    found: Hashes = {}
    for name, fields in HASHES.items():
        dimension, _, month = name.partition(":")
        for field, number in fields.items():
            if field == "changes":
                continue
            figure, day, key = field.split(":", 2)
            to = dimension
            if figure.startswith("cancelled_by_"):
                to, key, figure = "canceller", figure.removeprefix("cancelled_by_"), "cancelled"
            found.setdefault(f"{to}:{month}", Counter())[f"{figure}:{day}:{key}"] = int(number)
    return found


async def test_every_counter_has_the_number_that_it_had(redis: Any, redis_url: str) -> None:
    await put_earlier(redis, BEFORE)
    async with a_store(redis_url) as store:
        found = await raw(redis)
        assert report_hashes(found) == expected()
        assert list(check_reports(found)) == []
        assert {name for name in found.hashes if name.startswith("report:")} == {
            "report:2026-11:all:rows",
            "report:2026-11:domains:rows",
        }
        table = store.keys(WORKSPACE).report("2026-11", is_domain=False)
        changes = await redis.getrange(table.counters, 1240, 1243)
        assert int.from_bytes(changes) == int(HASHES["total:2026-11"]["changes"])


async def test_packing_again_after_something_was_counted_takes_nothing_back(
    redis: Any, redis_url: str
) -> None:
    await put_earlier(redis, BEFORE)
    async with a_store(redis_url) as store:
        key = f"{PREFIX}total:2026-11"
        total = store.keys(WORKSPACE).report("2026-11", is_domain=False).counters
        await redis.bitfield(total).incrby("i32", "#0", 7).execute()
        after = await redis.get(total)
        await redis.hset(key, mapping=HASHES["total:2026-11"])
        [upgrade] = TO_SCHEMA_7.upgrades
        record = await read_again(store, Record("report", key, WORKSPACE, "total", []))
        assert record
        assert upgrade.enter
        await upgrade.enter(store, record, record.values)
        assert await redis.get(total) == after
        assert not await redis.exists(key)


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ({"made:31:a:b": "7"}, {"page:2026-11": {"made:31:a:b": 7}}),
        ({"made:31:": str(10**12)}, {"page:2026-11": {"made:31:": 2**31 - 1}}),
        ({"made:01:a": "-3", "made:01:": "x"}, {"page:2026-11": {"made:01:a": -3}}),
        ({"made:00:a": "1", "made:32:a": "1", "made": "1", "other:01:a": "1", "lead.80:01:": "1"}, {}),
    ],
    ids=str,
)
async def test_what_a_report_never_read_is_left_behind(
    redis: Any, redis_url: str, fields: dict[str, str], numbers: dict[str, dict[str, int]]
) -> None:
    kept = {
        f"{PREFIX}page:2026-11": {"type": "hash", "value": fields},
        f"{PREFIX}total:2026-11": {"type": "hash", "value": {"changes": "1"}},
    }
    keys = {name: key for name, key in BEFORE.keys.items() if not name.startswith(PREFIX)} | kept
    await put_earlier(redis, StoredWorkspace(BEFORE.about, BEFORE.names, keys))
    async with a_store(redis_url):
        found = await raw(redis)
        assert report_hashes(found) == {name: Counter(counted) for name, counted in numbers.items()}
        assert not await redis.exists(f"{PREFIX}page:2026-11")
