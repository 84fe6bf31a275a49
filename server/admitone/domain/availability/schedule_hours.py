"""A schedule's hours as epoch seconds: the windows that slots must fit, and the grid of starts.

The rules are in docs/rules/time.md; docs/availability.md explains them with examples.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from admitone.domain.availability.schedule import Schedule, override_date, window_seconds
from admitone.domain.availability.zones import (
    DAY,
    EPOCH_DATE,
    FIRST_DATE,
    LAST_DATE,
    date_exists,
    date_start,
    wall_instant,
    zone,
)

Interval = tuple[int, int]
Edges = tuple[list[int], list[int]]
"""Intervals as two lists, of starts and of ends: two lists of numbers are sorted faster than pairs."""

# Dates compiled before and after a range's dates in UTC: one for the zone's offset, two for a window that
# starts at 24:00 and ends a day later, one for a skipped date.
_MARGIN = 4
# A span that would grow beyond this many days is replaced by one of the requested dates only.
_LONGEST_KEPT = 400


class Hours:
    """A compiled schedule. Keep one for each version of a schedule: it remembers what it has computed.

    The schedule must be without `problems()`. Several threads must not use one object at once.
    """

    __slots__ = ("_overrides", "_span", "_weekly", "zone")

    def __init__(self, schedule: Schedule) -> None:
        self.zone = zone(schedule.timezone)
        self._weekly = [[window_seconds(window) for window in day] for day in schedule.weekly.days()]
        self._overrides = {
            override_date(day): [window_seconds(window) for window in windows]
            for day, windows in schedule.overrides.items()
        }
        self._span = _Span(self, 1, 0)  # without any date

    def fitting(self, duration: int, start: int, end: int) -> Edges:
        """The intervals of starts in [start, end) at which a slot of `duration` (at most a day) fits.

        They are sorted and disjoint.
        """
        firsts, lasts = self._covering(start, end).fitting(duration)
        low, high = bisect_right(lasts, start), bisect_left(firsts, end)
        opens, closes = firsts[low:high], lasts[low:high]
        if opens:
            opens[0] = max(opens[0], start)
            closes[-1] = min(closes[-1], end)
        return opens, closes

    def grid(self, increment: int, start: int, end: int) -> list[int]:
        """The starts in [start, end) on the grid of `increment` seconds, sorted, without repeats."""
        grid = self._covering(start, end).grid(increment)
        return grid[bisect_left(grid, start) : bisect_left(grid, end)]

    def opened_on(self, ordinal: int) -> list[Interval]:
        """The intervals of a date's own windows, sorted and joined where they touch; each starts a grid."""
        if not date_exists(self.zone, ordinal):
            return []
        windows = self._overrides.get(ordinal)
        if windows is None:
            windows = self._weekly[(ordinal - 1) % 7]
        intervals = []
        for opens, closes in windows:
            start, end = (wall_instant(self.zone, ordinal, second) for second in (opens, closes))
            if self._overrides:
                end = self._cut(ordinal, end)
            if start < end:
                intervals.append((start, end))
        return joined(intervals)

    def _cut(self, ordinal: int, end: int) -> int:
        """The end of a window of the date `ordinal`: the start of a later date with an override cuts it."""
        for later in (ordinal + 1, ordinal + 2):
            if later in self._overrides and date_exists(self.zone, later):
                end = min(end, date_start(self.zone, later))
        return end

    def _covering(self, start: int, end: int) -> _Span:
        span = self._span
        if span.start <= start and end <= span.end:
            return span
        first, last = start // DAY + EPOCH_DATE, end // DAY + EPOCH_DATE
        if span.first <= span.last:
            low, high = min(first, span.first), max(last, span.last)
            if high - low < _LONGEST_KEPT:
                first, last = low, high
        self._span = _Span(self, first, last)
        return self._span


class _Span:
    """A schedule's intervals on the dates `first` to `last` in UTC, that is in the instants [start, end)."""

    __slots__ = ("_fitting", "_grids", "_opened", "end", "first", "last", "start")

    def __init__(self, hours: Hours, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.start, self.end = ((date - EPOCH_DATE) * DAY for date in (first, last + 1))
        days = range(max(FIRST_DATE, first - _MARGIN), min(LAST_DATE, last + _MARGIN) + 1)
        self._opened = [interval for day in days for interval in hours.opened_on(day)]
        self._grids: dict[int, list[int]] = {}
        self._fitting: dict[int, Edges] = {}

    def grid(self, increment: int) -> list[int]:
        grid = self._grids.get(increment)
        if grid is None:
            starts = {at for start, end in self._opened for at in range(start, end, increment)}
            grid = self._grids[increment] = sorted(starts)
        return grid

    def fitting(self, duration: int) -> Edges:
        """The intervals of starts at which a slot fits, in the whole span."""
        fitting = self._fitting.get(duration)
        if fitting is None:
            room = duration - 1
            whole = [(start, end - room) for start, end in joined(self._opened) if start < end - room]
            fitting = [start for start, _ in whole], [end for _, end in whole]
            self._fitting[duration] = fitting
        return fitting


def joined(intervals: list[Interval]) -> list[Interval]:
    """The same time as sorted, disjoint intervals; intervals that touch or overlap become one."""
    whole: list[Interval] = []
    for start, end in sorted(intervals):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole
