"""When the mails of a workflow may go out (docs/rules/workflows.md, *Sending window*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from admitone.domain.availability.zones import DAY, date_at, date_exists, wall_instant, zone
from admitone.domain.workflows.waits import clock_second
from admitone.domain.workflows.workflow import Weekday

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from admitone.domain.workflows.workflow import SendingWindow

WEEKDAYS: Final = get_args(Weekday)
"""From Monday on."""
AHEAD = 22
"""Days to look ahead: three weeks, since a window of one day a week may fall into a gap of the clocks."""


def next_opening(window: SendingWindow | None, at: int, contact_zone: ZoneInfo) -> int:
    """The first time from `at` on (epoch seconds) that lies in the window: `at` itself if it is open."""
    if window is None:
        return at
    in_zone = zone(window.timezone) if window.timezone else contact_zone
    today = date_at(in_zone, at)
    for ordinal in range(today - 1, today + AHEAD):
        if WEEKDAYS[(ordinal - 1) % 7] in window.days and date_exists(in_zone, ordinal):
            start, end = _opening(window, in_zone, ordinal)
            if at < end and start < end:
                return max(at, start)
    return at


def _opening(window: SendingWindow, in_zone: ZoneInfo, ordinal: int) -> tuple[int, int]:
    """The window of one date as [start, end); an end that is not after its start is on the next date."""
    start, end = clock_second(window.start), clock_second(window.end)
    return (
        wall_instant(in_zone, ordinal, start),
        wall_instant(in_zone, ordinal, end + (DAY if end <= start else 0)),
    )
