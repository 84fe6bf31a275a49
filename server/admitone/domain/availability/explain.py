"""Why a time is not offered, in the order in which a booking would be refused.

The intervals come from blocks.py, which decides what is offered; here each rule is asked separately.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.blocks import (
    booked_starts,
    busy_starts,
    limited_starts,
    notice_start,
    window_starts,
)
from admitone.domain.availability.decision import grid_starts, offered_slots
from admitone.domain.availability.schedule_hours import joined
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.availability.case import Case, Host
    from admitone.domain.availability.schedule_hours import Edges, Interval


class Why(Enum):
    """A rule that keeps a time from being offered; the rules of a host are in the order of refusals."""

    OFF_GRID = "off_grid"
    OUTSIDE_HOURS = "outside_hours"
    NOTICE = "notice"
    WINDOW = "window"
    BUSY = "busy"
    BUFFER = "buffer"
    LIMIT = "limit"
    TOO_FEW = "too_few"


SENTENCES = {
    Why.OFF_GRID: message("No slot starts at this time."),
    Why.OUTSIDE_HOURS: message("The slot does not fit the hours of the schedule."),
    Why.NOTICE: message("The time has passed, or is sooner than the minimum notice."),
    Why.WINDOW: message("The date is outside the booking window."),
    Why.BUSY: message("Another event or booking is at this time."),
    Why.BUFFER: message("Another event or booking is too close for the buffers."),
    Why.LIMIT: message("The maximum number of bookings for this day or week is reached."),
    Why.TOO_FEW: message("There are not enough different people free to fill every place."),
}


class NotOffered(msgspec.Struct, frozen=True):
    """A start that is not offered; `hosts` has the reason of each host who cannot take it, by id.

    `why` is about the first place that cannot be filled: the reason of the host who came closest.
    """

    start: int
    why: Why
    hosts: dict[str, Why]


def explain(case: Case, start: int, end: int) -> list[NotOffered]:
    """Each time on the grid in [start, end) that is not offered, sorted."""
    return _explained(case, grid_starts(case, start, end), start, end)


def obstacles(case: Case, start: int, end: int) -> dict[int, dict[str, Why]]:
    """For each time on the grid in [start, end), offered or not: why hosts cannot take it, by host id."""
    return _obstacles(case, grid_starts(case, start, end), start, end)


def explain_start(case: Case, start: int) -> NotOffered | None:
    """Why one time, on the grid or not, is not offered; None if it is offered."""
    if not grid_starts(case, start, start + 1):
        return NotOffered(start, Why.OFF_GRID, {})
    return next(iter(_explained(case, [start], start, start + 1)), None)


def _explained(case: Case, grid: list[int], start: int, end: int) -> list[NotOffered]:
    offered = {slot.start for slot in offered_slots(case, start, end)}
    missed = _obstacles(case, [at for at in grid if at not in offered], start, end)
    return [NotOffered(at, _foremost(case, hosts), hosts) for at, hosts in missed.items()]


def _obstacles(case: Case, grid: list[int], start: int, end: int) -> dict[int, dict[str, Why]]:
    rules = {host.id: _Rules(case, host, start, end) for group in case.groups for host in group}
    return {at: {name: why for name, rule in rules.items() if (why := rule.against(at))} for at in grid}


def _foremost(case: Case, hosts: dict[str, Why]) -> Why:
    order = list(Why)
    for group in case.groups:
        reasons = [hosts.get(host.id) for host in group]
        if None not in reasons:
            return max((why for why in reasons if why), key=order.index, default=Why.TOO_FEW)
    return Why.TOO_FEW


class _Rules:
    """One host's rules in [start, end)."""

    def __init__(self, case: Case, host: Host, start: int, end: int) -> None:
        slots = case.slots
        self._notice = notice_start(case.slots, case.now)
        self._window = window_starts(case, host)
        self._hours = list(zip(*host.hours.fitting(slots.duration, start, end), strict=True))
        self._blocks = {
            Why.BUSY: _occupied(case, host, buffers=False),
            Why.BUFFER: _occupied(case, host, buffers=True),
            Why.LIMIT: _joined(limited_starts(slots, host)),
        }

    def against(self, at: int) -> Why | None:
        """The first rule that keeps the host from taking a slot at `at`, or None."""
        if not _holds(self._hours, at):
            return Why.OUTSIDE_HOURS
        if at < self._notice:
            return Why.NOTICE
        if not self._window[0] <= at < self._window[1]:
            return Why.WINDOW
        return next((why for why, blocked in self._blocks.items() if _holds(blocked, at)), None)


def _occupied(case: Case, host: Host, *, buffers: bool) -> list[Interval]:
    events = busy_starts(case.slots, host, buffers=buffers)
    return _joined(events, booked_starts(case.slots, host, buffers=buffers))


def _joined(*blocked: Edges) -> list[Interval]:
    return joined([interval for firsts, lasts in blocked for interval in zip(firsts, lasts, strict=True)])


def _holds(intervals: list[Interval], at: int) -> bool:
    index = bisect_right(intervals, at, key=lambda interval: interval[0])
    return index > 0 and at < intervals[index - 1][1]
