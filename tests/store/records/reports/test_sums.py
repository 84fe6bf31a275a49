"""Sums of counters: of one key day by day, and of each key over some days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.reports.day_range import DayRange
from admitone.domain.reports.figures import RESERVED, ROW
from admitone.store.records.reports import sum_cache
from admitone.store.records.reports.sum_cache import SumCache
from admitone.store.records.reports.sums import sum_by_day, sum_by_key, sum_of_key, sum_times
from tests.support.factories import WORKSPACE
from tests.support.reports.counted import count

if TYPE_CHECKING:
    import pytest

    from admitone.store.store import Store

DAYS = DayRange(date(2026, 10, 31), date(2026, 11, 1))


async def test_the_numbers_of_one_key_are_by_day_and_empty_days_are_there(store: Store) -> None:
    await count(store, "made", "2026-10-30", 9, of="page", key="a:b")
    await count(store, "made", "2026-11-01", 2, of="page", key="a:b")
    await count(store, "opened", "2026-10-31", 1, of="page", key="a:b")
    await count(store, "made", "2026-11-01", 4, of="page", key="a")
    await count(store, "made", "2026-11-02", 9, of="page", key="a:b")
    assert await sum_by_day(store, WORKSPACE, "page", "a:b", DAYS) == {
        date(2026, 10, 31): {"opened": 1},
        date(2026, 11, 1): {"made": 2},
    }
    assert await sum_of_key(store, WORKSPACE, "page", "a:b", DAYS) == {"opened": 1, "made": 2}


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


async def test_times_are_summed_by_bucket(store: Store) -> None:
    await count(store, "lead.79", "2026-10-31", 3)
    await count(store, "to_open.0", "2026-11-01", 2)
    await count(store, "to_open.0", "2026-11-02", 9)
    await count(store, "made", "2026-11-01", 1)
    assert await sum_times(store, WORKSPACE, DAYS) == {"to_open.0": 2, "lead.79": 3}
    assert await sum_of_key(store, WORKSPACE, "total", "", DAYS) == {"made": 1}


async def test_what_came_back_to_zero_is_left_out(store: Store) -> None:
    await count(store, "made", "2026-11-01", 1, of="host", key="a")
    await count(store, "made", "2026-11-01", -1, of="host", key="a")
    assert await sum_by_key(store, WORKSPACE, "host", DAYS) == {}


async def test_sums_are_kept_until_something_is_counted(store: Store) -> None:
    november = DayRange(date(2026, 11, 1), date(2026, 11, 1))
    table = store.keys(WORKSPACE).report("2026-11", is_domain=False)
    for number in (1, 2):
        await count(store, "made", "2026-11-01", of="page", key="a")
        for _ in range(2):
            assert await sum_by_day(store, WORKSPACE, "page", "a", november) == {
                november.first: {"made": number}
            }
            assert await sum_by_key(store, WORKSPACE, "page", november) == {"a": {"made": number}}
    await store.client.setrange(table.counters, RESERVED * ROW * 4, b"\0\0\0\x09")
    assert await sum_by_key(store, WORKSPACE, "page", november) == {"a": {"made": 2}}
    assert await sum_by_key(store, "0XYZ", "page", november) == {}
    store._forget()
    assert await sum_by_key(store, WORKSPACE, "page", november) == {"a": {"made": 9}}


def test_the_least_used_sums_leave_the_cache_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sum_cache, "MOST", 9)
    cache, sums = SumCache(), {"key": {"made": 1}}  # of size 3
    for name in ("a", "b", "c"):
        assert cache.keep(name, b"1", sums) is sums
    assert cache.find("a", b"1") is sums
    cache.keep("d", b"1", sums)
    assert [cache.find(name, b"1") is not None for name in "abcd"] == [True, False, True, True]
    assert cache.find("a", b"2") is None
    cache.keep("e", b"", sums)
    assert cache.find("e", b"") is None
    cache.keep("f", b"1", {str(key): {"made": 1} for key in range(9)})
    assert cache.find("f", b"1") is None
