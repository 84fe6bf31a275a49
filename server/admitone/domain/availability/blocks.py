"""Which starts one host can take: hours, notice and window allow them; occupied time and limits block them.

All intervals here are half-open intervals of *starts*: the starts at which a slot is allowed, or blocked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from admitone.domain.availability.case import RollingDays
from admitone.domain.availability.zones import (
    FIRST_DATE,
    LAST_DATE,
    date_at,
    date_start,
    day_bounds,
    week_bounds,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from admitone.domain.availability.case import Case, Host, TimeSlots
    from admitone.domain.availability.schedule_hours import Edges, Interval


def free_starts(case: Case, host: Host, start: int, end: int, *, occupied: bool = True) -> list[Interval]:
    """The intervals of [start, end) in which the host can take a slot, sorted and disjoint.

    With `occupied=False` only hours, notice and window count, and occupied time and limits are ignored.
    """
    first, last = window_starts(case, host)
    start, end = max(start, first, notice_start(case.slots, case.now)), min(end, last)
    if start >= end:
        return []
    opens, closes = host.hours.fitting(case.slots.duration, start, end)
    if occupied:
        _take_out(busy_starts(case.slots, host), opens, closes)
        if host.booked:
            _take_out(booked_starts(case.slots, host), opens, closes)
            _take_out(limited_starts(case.slots, host), opens, closes)
        opens.sort()
        closes.sort()
    return [(first, last) for first, last in zip(opens, closes, strict=True) if first < last]


def notice_start(slots: TimeSlots, now: int) -> int:
    """The first start that is later than now and respects the minimum notice."""
    return now + max(slots.notice, 1)


def window_starts(case: Case, host: Host) -> Interval:
    """The starts that the event type's window allows, in the host's zone."""
    window = case.slots.window
    if window is None:
        return _ALWAYS
    zone = host.hours.zone
    if isinstance(window, RollingDays):
        return _ALWAYS[0], date_start(zone, min(date_at(zone, case.now) + window.days, LAST_DATE) + 1)
    first, last = (max(FIRST_DATE, min(day.toordinal(), LAST_DATE)) for day in (window.first, window.last))
    return date_start(zone, first), date_start(zone, last + 1)


def possible_starts(case: Case, start: int, end: int) -> Interval:
    """The part of [start, end) that the notice and some host's window allow; (start, start) if none."""
    windows = [window_starts(case, host) for group in case.groups for host in group]
    if not windows:
        return start, start
    low = max(start, min(first for first, _ in windows), notice_start(case.slots, case.now))
    high = min(end, max(last for _, last in windows))
    return (low, high) if low < high else (start, start)


def busy_starts(slots: TimeSlots, host: Host, *, buffers: bool = True) -> Edges:
    """The starts that events of others block; only the new booking's own buffers count against these."""
    lead, trail = slots.duration - 1, 0
    if buffers:
        lead, trail = lead + slots.after, slots.before
    firsts = [start - lead for start, end in host.busy if start < end]
    return firsts, [end + trail for start, end in host.busy if start < end]


def booked_starts(slots: TimeSlots, host: Host, *, buffers: bool = True) -> Edges:
    """The starts that bookings block: two of them keep the larger of earlier.after and later.before apart."""
    lead, before, after = slots.duration - 1, slots.before, slots.after
    booked = [each for each in host.booked if each.start < each.end]
    if not buffers:
        return [each.start - lead for each in booked], [each.end for each in booked]
    firsts = [each.start - lead - max(after, each.before) for each in booked]
    return firsts, [each.end + max(each.after, before) for each in booked]


def limited_starts(slots: TimeSlots, host: Host) -> Edges:
    """The host's days and ISO weeks that have reached the event type's maximum of bookings."""
    full: list[Interval] = []
    if slots.max_per_day is not None:
        full += _full(host, slots.max_per_day, day_bounds)
    if slots.max_per_week is not None:
        full += _full(host, slots.max_per_week, week_bounds)
    return [first for first, _ in full], [last for _, last in full]


def _full(host: Host, most: int, bounds: Callable[[ZoneInfo, int], Interval]) -> list[Interval]:
    counts = Counter(bounds(host.hours.zone, booked.start) for booked in host.booked if booked.counts)
    return [period for period, count in counts.items() if count >= most]


def _take_out(blocked: Edges, opens: list[int], closes: list[int]) -> None:
    """Take the blocked intervals, in any order, out of free time, given by its opening and closing instants.

    A block closes free time at its start and opens it again at its end. Once both lists are sorted, the time
    between the n-th opening and the n-th closing is free if the closing is later: by then as many blocks have
    ended as have begun. So overlapping blocks need not be merged. No block may be empty.
    """
    firsts, lasts = blocked
    closes += firsts
    opens += lasts


_EVER = 1 << 62
_ALWAYS = (-_EVER, _EVER)
