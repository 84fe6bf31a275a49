"""Counters of reports are read by dimension and day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.store.records.reports.counters import Counter, read_counters
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from admitone.store.store import Store


async def test_days_of_several_months_are_read_and_those_outside_left_out(store: Store) -> None:
    keys = store.keys(WORKSPACE)
    await store.client.hset(
        keys.report("domain", "2026-11"), mapping={"made:29:a.test": 1, "made:30:*other": 2}
    )
    await store.client.hset(keys.report("domain", "2026-12"), mapping={"to_open.7:31:": 3})
    await store.client.hset(keys.report("domain", "2027-01"), mapping={"made:02:b:c": 4, "made:03:b:c": 5})
    found = await read_counters(store, WORKSPACE, "domain", date(2026, 11, 30), date(2027, 1, 2))
    assert found == [
        Counter("made", date(2026, 11, 30), "*other", 2),
        Counter("to_open.7", date(2026, 12, 31), "", 3),
        Counter("made", date(2027, 1, 2), "b:c", 4),
    ]


async def test_nothing_was_counted(store: Store) -> None:
    assert await read_counters(store, WORKSPACE, "total", date(2026, 1, 1), date(2026, 12, 31)) == []
