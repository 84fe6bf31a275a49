"""Adds up the counters of reports: over some days, or the figures day by day.

A busy year has a hundred thousand counters. So each month is read by itself, while other requests have their
turn, and its sums are kept in memory: they hold as long as the month counts no further change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from admitone.domain.reports.figures import CHANGES, FIGURES, month_of
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from admitone.domain.reports.day_range import DayRange
    from admitone.domain.reports.figures import Dimension
    from admitone.store.records.reports.sum_cache import Sums
    from admitone.store.store import Store

Numbers = dict[str, int]
"""By the names of figures, and of what else is counted beside them (domain/reports/figures.py)."""
Fields = Iterable[tuple[bytes, bytes]]
"""The fields of a hash of counters, with their numbers."""


async def sum_by_day(
    store: Store, workspace: str, dimension: Dimension, key: str, days: DayRange
) -> dict[date, Mapping[str, int]]:
    """The figures of one key of a dimension for each of the days, in order."""
    wanted, figures = key.encode(), {figure.encode(): figure for figure in FIGURES}

    def add(month: DayRange, fields: Fields) -> Sums:
        found: dict[date, Numbers] = {day: {} for day in month}
        by_day = {b"%02d" % day.day: numbers for day, numbers in found.items()}
        for field, number in fields:
            figure, day, of = field.split(b":", 2)
            if of == wanted and figure in figures and day in by_day:
                by_day[day][figures[figure]] = int(number)
        return found

    months = await _months(store, workspace, dimension, days, wanted, add)
    return {day: numbers for month in months for day, numbers in month.items()}


async def sum_by_key(
    store: Store, workspace: str, dimension: Dimension, days: DayRange
) -> dict[str, Numbers]:
    """The numbers of each key of a dimension, all days together."""
    months = await _months(store, workspace, dimension, days, None, _by_key)
    parts: defaultdict[str, list[Mapping[str, int]]] = defaultdict(list)
    for month in months:
        for key, numbers in month.items():
            parts[key].append(numbers)
    return {key: added(several) for key, several in parts.items()}


async def sum_of_key(store: Store, workspace: str, dimension: Dimension, key: str, days: DayRange) -> Numbers:
    """The numbers of one key of a dimension, all days together."""
    months = await _months(store, workspace, dimension, days, None, _by_key)
    return added(month.get(key, {}) for month in months)


def added(several: Iterable[Mapping[str, int]]) -> Numbers:
    """Several numbers together."""
    sums: defaultdict[str, int] = defaultdict(int)
    for numbers in several:
        for name, number in numbers.items():
            sums[name] += number
    return dict(sums)


def _by_key(month: DayRange, fields: Fields) -> Sums:
    days = {b"%02d" % day.day for day in month}
    sums: defaultdict[bytes, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for field, number in fields:
        figure, day, key = field.split(b":", 2)
        if day in days:
            sums[key][figure.decode()] += int(number)
    return {key.decode(): dict(numbers) for key, numbers in sums.items()}


async def _months(
    store: Store,
    workspace: str,
    dimension: Dimension,
    days: DayRange,
    key: bytes | None,
    add: Callable[[DayRange, Fields], Sums],
) -> list[Sums]:
    """What `add` makes of each month's hash of counters, of one key or (None) of all."""
    keys, months = store.keys(workspace), list(days.months())
    names = [keys.report(dimension, month_of(month.first)) for month in months]
    totals = [keys.report("total", month_of(month.first)) for month in months]
    changes = await store.send(*(Command(("HGET", total, CHANGES)) for total in totals))
    found = []
    for month, name, number in zip(months, names, changes, strict=True):
        known = store.sums.find((name, month, key), number)
        if known is None:
            [answer] = await store.send(Command(("HGETALL", name)))
            pairs = answer if isinstance(answer, dict) else dict(zip(answer[::2], answer[1::2], strict=True))
            pairs.pop(CHANGES.encode(), None)
            known = store.sums.keep((name, month, key), number, add(month, pairs.items()))
        found.append(known)
    return found
