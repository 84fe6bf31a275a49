"""Counters of reports are read by dimension and day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.reports.day_range import DayRange
from admitone.store.records.reports.sums import sum_by_day, sum_by_key
from tests.support.factories import WORKSPACE
from tests.support.reports.counted import count

if TYPE_CHECKING:
    from admitone.store.store import Store


async def test_days_of_several_months_are_read_and_those_outside_left_out(store: Store) -> None:
    await count(store, "made", "2026-11-29", of="domain", key="a.test")
    await count(store, "made", "2026-11-30", 2, of="domain", key="*other")
    await count(store, "completed", "2026-12-31", 3, of="domain", key="d")
    await count(store, "made", "2027-01-02", 4, of="domain", key="b:c")
    await count(store, "made", "2027-01-03", 5, of="domain", key="b:c")
    days = DayRange(date(2026, 11, 30), date(2027, 1, 2))
    assert await sum_by_key(store, WORKSPACE, "domain", days) == {
        "*other": {"made": 2},
        "d": {"completed": 3},
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
