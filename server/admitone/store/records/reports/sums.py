"""Adds up the counters of reports: of one key day by day, or of each key over some days.

A year has a hundred thousand counters. They are read month by month, so that other requests have their turn
in between, and no object is made for each.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from admitone.domain.reports.figures import month_of
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from datetime import date

    from admitone.domain.reports.day_range import DayRange
    from admitone.domain.reports.figures import Dimension
    from admitone.store.store import Store

Numbers = dict[str, int]
"""By the names of figures, and of what else is counted beside them (domain/reports/figures.py)."""


async def sum_by_day(
    store: Store, workspace: str, dimension: Dimension, key: str, days: DayRange
) -> dict[date, Numbers]:
    """The numbers of one key of a dimension for each of the days, in order."""
    found: dict[date, Numbers] = {day: {} for day in days}
    wanted = key.encode()
    async for month, fields in _months(store, workspace, dimension, days):
        by_day = {b"%02d" % day.day: found[day] for day in month}
        for field, number in fields:
            figure, day, of = field.split(b":", 2)
            if of == wanted and day in by_day:
                by_day[day][figure.decode()] = int(number)
    return found


async def sum_by_key(
    store: Store, workspace: str, dimension: Dimension, days: DayRange
) -> dict[str, Numbers]:
    """The numbers of each key of a dimension, all days together."""
    sums: defaultdict[bytes, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    async for month, fields in _months(store, workspace, dimension, days):
        wanted = {b"%02d" % day.day for day in month}
        for field, number in fields:
            figure, day, key = field.split(b":", 2)
            if day in wanted:
                sums[key][figure.decode()] += int(number)
    return {key.decode(): dict(numbers) for key, numbers in sums.items()}


async def _months(
    store: Store, workspace: str, dimension: Dimension, days: DayRange
) -> AsyncIterator[tuple[DayRange, Iterable[tuple[bytes, bytes]]]]:
    """The days by month, each part with the fields of that month's hash and their numbers."""
    keys = store.keys(workspace)
    for month in days.months():
        [pairs] = await store.send(Command(("HGETALL", keys.report(dimension, month_of(month.first)))))
        yield month, pairs.items() if isinstance(pairs, dict) else zip(pairs[::2], pairs[1::2], strict=True)
