"""A schedule's hours as epoch seconds: the windows that slots must fit, and the grid that starts lie on.

Rules: product.md's *Time*; `docs/availability.md` explains them with examples.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from admitone.domain.schedule import Schedule, override_date, window_seconds
from admitone.domain.zones import (
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

# Dates compiled on either side of a range's dates in UTC: one for the zone's offset, two for a window that
# starts at 24:00 and ends a day later (or for `windows` being whole that far), one for a skipped date.
_MARGIN = 4
# A span that grows beyond this many days is compiled anew, for what is asked only.
_LONGEST_KEPT = 400


class Hours:
    """A schedule compiled for use; keep one per version of a schedule, it remembers what it computed.

    The schedule must be without `problems()`. Not for use by several threads at once.
    """

    __slots__ = ("_overrides", "_span", "_weekly", "zone")

    def __init__(self, schedule: Schedule) -> None:
        self.zone = zone(schedule.timezone)
        self._weekly = [[window_seconds(window) for window in day] for day in schedule.weekly.days()]
        self._overrides = {
            override_date(day): [window_seconds(window) for window in windows]
            for day, windows in schedule.overrides.items()
        }
        self._span = _Span(self, 1, 0)

    def fitting(self, duration: int, start: int, end: int) -> list[Interval]:
        """Where slots of at most a day fit: half-open intervals of starts, sorted, disjoint.

        All that lie in [start, end), in part or wholly.
        """
        span = self._covering(start, end)
        fitting, firsts, lasts = span.fitting(duration)
        return fitting[bisect_right(lasts, start) : bisect_left(firsts, end)]

    def grid(self, increment: int, start: int, end: int) -> list[int]:
        """The starts in [start, end) on the grid of `increment` seconds, sorted, without repeats."""
        grid = self._covering(start, end).grid(increment)
        return grid[bisect_left(grid, start) : bisect_left(grid, end)]

    def opened_on(self, ordinal: int) -> list[Interval]:
        """The intervals of a date's own windows, sorted, what touches joined; each starts one grid."""
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
        """Where a window of that date ends: an overridden date cuts what spills into it."""
        for later in (ordinal + 1, ordinal + 2):
            if later in self._overrides and date_exists(self.zone, later):
                end = min(end, date_start(self.zone, later))
        return end

    def _covering(self, start: int, end: int) -> _Span:
        first = max(FIRST_DATE, start // DAY + EPOCH_DATE - _MARGIN)
        last = min(LAST_DATE, end // DAY + EPOCH_DATE + _MARGIN)
        span = self._span
        if span.first <= first and last <= span.last:
            return span
        if span.first <= span.last:
            low, high = min(first, span.first), max(last, span.last)
            if high - low < _LONGEST_KEPT:
                first, last = low, high
        self._span = _Span(self, first, last)
        return self._span


class _Span:
    """What a schedule's dates `first` to `last` hold."""

    __slots__ = ("_fitting", "_grids", "_opened", "first", "last")

    def __init__(self, hours: Hours, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._opened = [interval for day in range(first, last + 1) for interval in hours.opened_on(day)]
        self._grids: dict[int, list[int]] = {}
        self._fitting: dict[int, tuple[list[Interval], list[int], list[int]]] = {}

    def grid(self, increment: int) -> list[int]:
        grid = self._grids.get(increment)
        if grid is None:
            starts = {at for start, end in self._opened for at in range(start, end, increment)}
            grid = self._grids[increment] = sorted(starts)
        return grid

    def fitting(self, duration: int) -> tuple[list[Interval], list[int], list[int]]:
        """The intervals of starts, and their starts and ends apart, to look them up by."""
        if duration not in self._fitting:
            room = duration - 1
            intervals = [(start, end - room) for start, end in joined(self._opened) if start < end - room]
            firsts, lasts = [start for start, _ in intervals], [end for _, end in intervals]
            self._fitting[duration] = intervals, firsts, lasts
        return self._fitting[duration]


def joined(intervals: list[Interval]) -> list[Interval]:
    """The same time as sorted, disjoint intervals; what touches or overlaps becomes one."""
    whole: list[Interval] = []
    for start, end in sorted(intervals):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole
