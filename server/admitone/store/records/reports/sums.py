"""Adds up the counters of reports: over some days, or the figures day by day.

Each month is read by itself, while other requests have their turn, and its sums are kept in memory: they
hold as long as the month counts no further change. Reading takes as long as there are keys, whatever was
counted.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from admitone.domain.reports.figures import CHANGES, FIGURES, ROW, TIME_NAMES, TIMES, month_of, row_name
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from datetime import date

    from admitone.domain.reports.day_range import DayRange
    from admitone.domain.reports.figures import Dimension
    from admitone.store.keys import ReportKeys
    from admitone.store.records.reports.sum_cache import Sums
    from admitone.store.store import Store

SIZE: Final = 4
"""Bytes of a counter."""
WIDTH: Final = len(FIGURES)
AT_ONCE: Final = 500
"""Rows that one command reads at most."""
Numbers = dict[str, int]
"""By the names of figures or of buckets of times; what is zero is left out."""


async def sum_by_day(
    store: Store, workspace: str, dimension: Dimension, key: str, days: DayRange
) -> dict[date, Mapping[str, int]]:
    """The figures of one key of a dimension for each of the days, in order."""
    name = row_name(dimension, key)

    async def read(month: DayRange, table: ReportKeys) -> Sums:
        row = await _row_of(store, table, name)
        start = row * ROW + (month.first.day - 1) * WIDTH
        [numbers] = await _read(store, table, (start, len(month) * WIDTH)) if row >= 0 else [()]
        rows = (numbers[place : place + WIDTH] for place in range(0, len(month) * WIDTH, WIDTH))
        return {day: _named(FIGURES, found) for day, found in zip(month, rows, strict=True)}

    months = await _months(store, workspace, days, read, "day", dimension, key)
    return {day: numbers for month in months for day, numbers in month.items()}


async def sum_by_key(
    store: Store, workspace: str, dimension: Dimension, days: DayRange
) -> dict[str, Numbers]:
    """The numbers of each key of a dimension, all days together; keys without numbers are left out."""
    begins = row_name(dimension, "")

    async def read(month: DayRange, table: ReportKeys) -> Sums:
        rows = await _rows_of(store, table, begins) if dimension != "total" else {0: ""}
        found: dict[str, Numbers] = {}
        runs = _runs(sorted(rows))
        spans = [(first * ROW, (last - first) * ROW) for first, last in runs]
        for (first, last), numbers in zip(runs, await _read(store, table, *spans), strict=True):
            for row in range(first, last):
                start = (row - first) * ROW
                days_of = numbers[start + (month.first.day - 1) * WIDTH : start + month.last.day * WIDTH]
                if figures := _named(FIGURES, _columns(days_of, WIDTH)):
                    found[rows[row]] = figures
        return found

    months = await _months(store, workspace, days, read, "key", dimension)
    parts: defaultdict[str, list[Mapping[str, int]]] = defaultdict(list)
    for month in months:
        for key, numbers in month.items():
            parts[key].append(numbers)
    return {key: added(several) for key, several in parts.items()}


async def sum_of_key(store: Store, workspace: str, dimension: Dimension, key: str, days: DayRange) -> Numbers:
    """The figures of one key of a dimension, all days together."""
    return added((await sum_by_day(store, workspace, dimension, key, days)).values())


async def sum_times(store: Store, workspace: str, days: DayRange) -> Numbers:
    """The times of all days together, by span and bucket, such as `lead.7`."""
    width = len(TIME_NAMES)

    async def read(month: DayRange, table: ReportKeys) -> Sums:
        start = TIMES + (month.first.day - 1) * width
        [numbers] = await _read(store, table, (start, len(month) * width))
        return {"": _named(TIME_NAMES, _columns(numbers, width))}

    months = await _months(store, workspace, days, read, "times", "total")
    return added(month[""] for month in months)


def added(several: Iterable[Mapping[str, int]]) -> Numbers:
    """Several numbers together."""
    sums: defaultdict[str, int] = defaultdict(int)
    for numbers in several:
        for name, number in numbers.items():
            sums[name] += number
    return dict(sums)


async def _row_of(store: Store, table: ReportKeys, name: str) -> int:
    """The row of a name; -1 if it has none."""
    if not name:
        return 0
    [row] = await store.send(Command(("HGET", table.rows, name)))
    return -1 if row is None else int(row)


async def _rows_of(store: Store, table: ReportKeys, begins: str) -> dict[int, str]:
    """The rows whose names begin so, each with the rest of its name."""
    [answer] = await store.send(Command(("HGETALL", table.rows)))
    pairs = answer.items() if isinstance(answer, dict) else zip(answer[::2], answer[1::2], strict=True)
    named = ((name.decode(), int(row)) for name, row in pairs)
    return {row: name.removeprefix(begins) for name, row in named if name.startswith(begins)}


async def _read(store: Store, table: ReportKeys, *spans: tuple[int, int]) -> list[tuple[int, ...]]:
    """For each place and number of counters the counters from there on, as far as the string has them."""
    commands = (
        Command(("GETRANGE", table.counters, start * SIZE, (start + count) * SIZE - 1))
        for start, count in spans
    )
    texts = await store.send(*commands) if spans else []
    return [struct.unpack_from(f">{len(text) // SIZE}i", text) for text in texts]


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow each other, as the first one and the one after the last; each is one command."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row and row - found[-1][0] < AT_ONCE:
            found[-1] = (found[-1][0], row + 1)
        else:
            found.append((row, row + 1))
    return found


def _columns(numbers: Sequence[int], width: int) -> list[int]:
    """The sums of what is counted day by day in rows of this width."""
    return [sum(numbers[place::width]) for place in range(width)] if any(numbers) else [0] * width


def _named(names: Sequence[str], numbers: Sequence[int]) -> Numbers:
    return {name: number for name, number in zip(names, numbers, strict=False) if number}


async def _months(
    store: Store,
    workspace: str,
    days: DayRange,
    read: Callable[[DayRange, ReportKeys], Awaitable[Sums]],
    *what: str,
) -> list[Sums]:
    """What `read` finds of each month, or found before the month's last change.

    `what` names it: what is added up, the dimension and perhaps the key.
    """
    keys, months = store.keys(workspace), list(days.months())
    totals = [keys.report(month_of(month.first), is_domain=False) for month in months]
    place = CHANGES * SIZE
    changes = await store.send(
        *(Command(("GETRANGE", total.counters, place, place + SIZE - 1)) for total in totals)
    )
    found = []
    for month, number in zip(months, changes, strict=True):
        name = (workspace, what, month)
        known = store.sums.find(name, number)
        if known is None:
            table = keys.report(month_of(month.first), is_domain=what[1] == "domain")
            known = store.sums.keep(name, number, await read(month, table))
        found.append(known)
    return found
