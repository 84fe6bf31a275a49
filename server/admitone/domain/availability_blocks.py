"""Which starts one host can take: hours, notice and window allow them; occupied time and limits block them.

All intervals here are of *starts*, half-open: a start lies in one if a slot from it is allowed, or blocked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from admitone.domain.availability_case import RollingDays
from admitone.domain.zones import FIRST_DATE, LAST_DATE, date_at, date_start, day_bounds, week_bounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from admitone.domain.availability_case import Case, Host, TimeSlots
    from admitone.domain.schedule_hours import Interval


def free_starts(case: Case, host: Host, start: int, end: int, *, occupied: bool = True) -> list[Interval]:
    """Where in [start, end) the host can take a slot, sorted and disjoint.

    `occupied=False` asks for hours, notice and window only, as if there were nothing in the way.
    """
    first, last = window_starts(case, host)
    start, end = max(start, first, notice_start(case)), min(end, last)
    if start >= end:
        return []
    blocked = [(-_EVER, start), (end, _EVER)]
    if occupied:
        blocked += busy_starts(case.slots, host)
        blocked += booked_starts(case.slots, host)
        blocked += limited_starts(case.slots, host)
    return _common(host.hours.fitting(case.slots.duration, start, end), _between(blocked))


def notice_start(case: Case) -> int:
    """The first start that is later than now and gives the notice."""
    return case.now + max(case.slots.notice, 1)


def window_starts(case: Case, host: Host) -> Interval:
    """The bookable window in the host's zone."""
    window = case.slots.window
    if window is None:
        return _ALWAYS
    zone = host.hours.zone
    if isinstance(window, RollingDays):
        return _ALWAYS[0], date_start(zone, min(date_at(zone, case.now) + window.days, LAST_DATE) + 1)
    first, last = (max(FIRST_DATE, min(day.toordinal(), LAST_DATE)) for day in (window.first, window.last))
    return date_start(zone, first), date_start(zone, last + 1)


def possible_starts(case: Case, start: int, end: int) -> Interval:
    """The part of [start, end) that notice and some host's window allow; empty at `start` for none of it."""
    windows = [window_starts(case, host) for group in case.groups for host in group]
    if not windows:
        return start, start
    low = max(start, min(first for first, _ in windows), notice_start(case))
    high = min(end, max(last for _, last in windows))
    return (low, high) if low < high else (start, start)


def busy_starts(slots: TimeSlots, host: Host, *, buffers: bool = True) -> list[Interval]:
    """What events that are not ours block: only the new booking's own buffers count against them."""
    lead, trail = slots.duration - 1, 0
    if buffers:
        lead, trail = lead + slots.after, slots.before
    return [(start - lead, end + trail) for start, end in host.busy if start < end]


def booked_starts(slots: TimeSlots, host: Host, *, buffers: bool = True) -> list[Interval]:
    """What bookings block: between two of them lies the larger of earlier.after and later.before."""
    lead, before, after = slots.duration - 1, slots.before, slots.after
    if not buffers:
        return [(b.start - lead, b.end) for b in host.booked if b.start < b.end]
    return [
        (b.start - lead - max(after, b.before), b.end + max(b.after, before))
        for b in host.booked
        if b.start < b.end
    ]


def limited_starts(slots: TimeSlots, host: Host) -> list[Interval]:
    """The host's days and ISO weeks that hold as many bookings of this event type as they may."""
    blocked: list[Interval] = []
    if slots.max_per_day is not None:
        blocked += _full(host, slots.max_per_day, day_bounds)
    if slots.max_per_week is not None:
        blocked += _full(host, slots.max_per_week, week_bounds)
    return blocked


def _full(host: Host, most: int, bounds: Callable[[ZoneInfo, int], Interval]) -> list[Interval]:
    counts = Counter(bounds(host.hours.zone, booked.start) for booked in host.booked if booked.counts)
    return [period for period, count in counts.items() if count >= most]


def _between(blocked: list[Interval]) -> list[Interval]:
    """The gaps between intervals that stand in any order, none of them empty.

    Starts and ends are sorted apart: if a start lies after the end that has the index before its own, then as
    many intervals have ended as have started. So overlapping ones need not be merged first.
    """
    starts, ends = map(sorted, zip(*blocked, strict=True))
    return [(end, start) for end, start in zip(ends, starts[1:], strict=False) if end < start]


def _common(one: list[Interval], other: list[Interval]) -> list[Interval]:
    """The intersection of two sorted, disjoint lists."""
    both: list[Interval] = []
    others = iter(other)
    low, high = next(others, _NEVER)
    for start, end in one:
        while high <= start:
            low, high = next(others, _NEVER)
        while low < end:
            both.append((max(start, low), min(end, high)))
            if high > end:
                break
            low, high = next(others, _NEVER)
    return both


_EVER = 1 << 62
_ALWAYS = (-_EVER, _EVER)
_NEVER = (_EVER, _EVER)
