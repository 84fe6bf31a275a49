"""Sums of counters: of one key day by day, and of each key over some days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.reports.day_range import DayRange
from admitone.store.records.reports.sums import sum_by_day, sum_by_key
from tests.support.factories import WORKSPACE
from tests.support.reports.counted import count

if TYPE_CHECKING:
    from admitone.store.store import Store

DAYS = DayRange(date(2026, 10, 31), date(2026, 11, 1))


async def test_the_numbers_of_one_key_are_by_day_and_empty_days_are_there(store: Store) -> None:
    await count(store, "made", "2026-10-30", 9, of="page", key="a:b")
    await count(store, "made", "2026-11-01", 2, of="page", key="a:b")
    await count(store, "lead.7", "2026-11-01", 1, of="page", key="a:b")
    await count(store, "made", "2026-11-01", 4, of="page", key="a")
    await count(store, "made", "2026-11-02", 9, of="page", key="a:b")
    assert await sum_by_day(store, WORKSPACE, "page", "a:b", DAYS) == {
        date(2026, 10, 31): {},
        date(2026, 11, 1): {"made": 2, "lead.7": 1},
    }


async def test_the_numbers_of_each_key_are_of_all_days_together(store: Store) -> None:
    await count(store, "made", "2026-10-31", 3, of="domain", key="x.test")
    await count(store, "made", "2026-11-01", 2, of="domain", key="x.test")
    await count(store, "opened", "2026-11-01", 1, of="domain", key="ü.test")
    await count(store, "made", "2026-11-02", 9, of="domain", key="y.test")
    assert await sum_by_key(store, WORKSPACE, "domain", DAYS) == {
        "x.test": {"made": 5},
        "ü.test": {"opened": 1},
    }
    assert await sum_by_key(store, WORKSPACE, "host", DAYS) == {}
