"""The input and the output of availability. Times are epoch seconds, lengths are seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

import msgspec

from admitone.domain.availability.schedule_hours import Hours, Interval
from admitone.domain.errors import FieldError
from admitone.texts.message import message

MINUTE = 60


class RollingDays(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="rolling_days"
):
    """Starts up to the `days`-th date after today, in the host's zone."""

    days: int


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="dates"):
    """Starts from the first to the last date, both included, in the host's zone."""

    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")


BookingWindow = RollingDays | Dates
DEFAULT_WINDOW = RollingDays(60)
MOST_DAYS = 3660
"""The longest window of rolling days."""


def window_problems(field: str, window: BookingWindow | None) -> list[FieldError]:
    """The errors in a window, beyond its types."""
    if isinstance(window, Dates) and window.last < window.first:
        return [FieldError(f"{field}.to", message("The last date is before the first."))]
    if isinstance(window, RollingDays) and not 0 <= window.days <= MOST_DAYS:
        return [FieldError(f"{field}.days", message("Between 0 and %(most)s days.", most=MOST_DAYS))]
    return []


EVENT_TYPE_FIELDS = (
    "duration_minutes",
    "increment_minutes",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "min_notice_minutes",
    "window",
    "max_per_day",
    "max_per_week",
    "max_shown_per_day",
)
"""The names of an event type's time-slot fields, in the API and here."""


class TimeSlots(msgspec.Struct, frozen=True):
    """The time-slot settings of an event type, in seconds; None for `window` or a maximum means no limit."""

    duration: int
    increment: int
    before: int = 0
    after: int = 0
    notice: int = 60 * MINUTE
    window: BookingWindow | None = DEFAULT_WINDOW
    max_per_day: int | None = None
    max_per_week: int | None = None
    max_shown_per_day: int | None = None

    @classmethod
    def from_minutes(
        cls,
        *,
        duration_minutes: int,
        increment_minutes: int | None = None,
        buffer_before_minutes: int = 0,
        buffer_after_minutes: int = 0,
        min_notice_minutes: int = 60,
        window: BookingWindow | None = DEFAULT_WINDOW,
        max_per_day: int | None = None,
        max_per_week: int | None = None,
        max_shown_per_day: int | None = None,
    ) -> TimeSlots:
        """The settings from an event type's fields, with the names and defaults of these."""
        return cls(
            duration=duration_minutes * MINUTE,
            increment=(increment_minutes or duration_minutes) * MINUTE,
            before=buffer_before_minutes * MINUTE,
            after=buffer_after_minutes * MINUTE,
            notice=min_notice_minutes * MINUTE,
            window=window,
            max_per_day=max_per_day,
            max_per_week=max_per_week,
            max_shown_per_day=max_shown_per_day,
        )

    @classmethod
    def of(cls, event_type: object) -> TimeSlots:
        """The settings from any object that has an event type's time-slot fields."""
        return cls.from_minutes(**{name: getattr(event_type, name) for name in EVENT_TYPE_FIELDS})


class Booked(msgspec.Struct, frozen=True, gc=False):
    """A live booking of a host, with its own buffers; `counts` if it has the event type of the case."""

    start: int
    end: int
    before: int = 0
    after: int = 0
    counts: bool = True


class Host(msgspec.Struct, frozen=True):
    """One candidate: a booking page's hours and its owner's occupied time.

    `busy` are events that are not ours, in any order, overlapping or not; `booked` are our own bookings.
    Two hosts of the same `user` (default: the id) never fill two places of one slot.
    """

    id: str
    hours: Hours
    busy: Sequence[Interval] = ()
    booked: Sequence[Booked] = ()
    user: str = ""


class Case(msgspec.Struct, frozen=True):
    """One question: a slot needs a host of each group, all different users; the first group sets the grid.

    A single host is `((host,),)`; a panel has a group for each host; a pool is one group.
    """

    slots: TimeSlots
    groups: Sequence[Sequence[Host]]
    now: int


Places = tuple[tuple[str, ...], ...]


class OfferedSlot(msgspec.Struct, frozen=True, gc=False):
    """An offered start and, for each group, the ids of the hosts that can take it, in the group's order."""

    start: int
    groups: Places


class Verdict(Enum):
    """Whether one start can be booked."""

    FREE = "free"
    TAKEN = "taken"
    NOT_OFFERED = "not_offered"


class Decision(msgspec.Struct, frozen=True):
    """The verdict on one start; `groups` as in `OfferedSlot`, empty unless the start is free."""

    verdict: Verdict
    groups: Places = ()
