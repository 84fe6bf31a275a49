"""What happened in a workspace: one entry of the activity stream, and the job that follows from it.

An event names records by id and holds no personal data: whoever shows it reads the records.
"""

from __future__ import annotations

from typing import Literal

import msgspec

EventKind = Literal[
    "booking.cancelled",
    "booking.completed",
    "booking.no_show",
    "booking.reassigned",
    "booking.rescheduled",
    "booking.scheduled",
    "config.created",
    "config.deleted",
    "config.updated",
    "invitation.created",
    "link.created",
    "link.expired",
    "link.opened",
    "link.reactivated",
    "link.revoked",
    "link.updated",
    "manage_link.requested",
    "timer.due",
    "workspace.created",
]


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened at `at` (epoch seconds), by a user (their id), a `customer` or the `system`."""

    type: EventKind
    at: int
    by: str
    link: str | None = None
    booking: str | None = None
    page: str | None = None
    record: str | None = None
    """A configuration record, `kind:id`."""
    channel: str | None = None
    start: int | None = None
    """A booking's start after this."""
    was: int | None = None
    """A booking's start before this."""
    renewed: str | None = None
    """The one-time link by which the customer of a cancelled booking is asked to book again."""
    gave: str | None = None
    """The user whose place in a booking was given to another."""
    took: str | None = None
    """The user who got it."""
    organiser: str | None = None
    """The host before that."""
    assignment: int | None = None
    """The booking's assignment before that: it names the event that calendars had of it."""
    calendar: Literal["cached", "unchecked"] | None = None
    """That a booking was made or moved while Google did not say whether its hosts are free.

    `cached`: by what it had said before; `unchecked`: by our own bookings alone.
    """
    reason: str | None = None
    """What the customer or host gave as reason; kept with the booking."""
