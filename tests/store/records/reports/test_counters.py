"""Counters of reports are read by dimension and day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.reports.day_range import DayRange
from admitone.store.records.reports.sums import sum_by_day, sum_by_key
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
    days = DayRange(date(2026, 11, 30), date(2027, 1, 2))
    assert await sum_by_key(store, WORKSPACE, "domain", days) == {
        "*other": {"made": 2},
        "": {"to_open.7": 3},
        "b:c": {"made": 4},
    }
    for key, day, numbers in (
        ("*other", date(2026, 11, 30), {"made": 2}),
        ("b:c", date(2027, 1, 2), {"made": 4}),
    ):
        found = await sum_by_day(store, WORKSPACE, "domain", key, days)
        assert {at: of_day for at, of_day in found.items() if of_day} == {day: numbers}


async def test_nothing_was_counted(store: Store) -> None:
    assert await sum_by_key(store, WORKSPACE, "total", DayRange(date(2026, 1, 1), date(2026, 12, 31))) == {}
