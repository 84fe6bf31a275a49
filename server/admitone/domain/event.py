"""Events: what happened in a workspace. Each is an entry of the activity stream, and jobs follow from it.

An event names records by id and holds no personal data: code that shows an event reads the records.
"""

from __future__ import annotations

from typing import Literal

import msgspec

EventKind = Literal[
    "booking.cancelled",
    "booking.completed",
    "booking.no_show",
    "booking.no_show_undone",
    "booking.reassigned",
    "booking.rescheduled",
    "booking.scheduled",
    "config.created",
    "config.deleted",
    "config.updated",
    "contact.created",
    "contact.deleted",
    "contact.resubscribed",
    "contact.tagged",
    "contact.unsubscribed",
    "contact.updated",
    "contacts.imported",
    "email_code.requested",
    "hook.received",
    "invitation.created",
    "link.created",
    "link.emailed",
    "link.expired",
    "link.opened",
    "link.reactivated",
    "link.reminded",
    "link.revoked",
    "link.updated",
    "manage_link.requested",
    "timer.due",
    "workflow.entered",
    "workflow.failed",
    "workflow.finished",
    "workflow.published",
    "workflow.stopped",
    "workflow.unpublished",
    "workspace.created",
]


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened at `at` (epoch seconds).

    `by` is a user's id, `customer`, `workflow` or `system`.
    """

    type: EventKind
    at: int
    by: str
    link: str | None = None
    booking: str | None = None
    page: str | None = None
    contact: str | None = None
    workflow: str | None = None
    run: str | None = None
    """The run of the workflow that caused the event, or that it is about."""
    tag: str | None = None
    """The tag that was added to the contact."""
    count: int | None = None
    """How many contacts were imported."""
    depth: int = 0
    """How many runs, each started by what the one before did, led to the event (docs/rules/workflows.md)."""
    record: str | None = None
    """A configuration record, `kind:id`; or the keyed hash of an address, to which a code is mailed."""
    channel: str | None = None
    """How the link was made; of a cancellation `google`, if its host deleted the calendar event."""
    start: int | None = None
    """The booking's start after the event."""
    was: int | None = None
    """The booking's start before the event."""
    renewed: str | None = None
    """The one-time link that invites the customer of a cancelled booking to book again."""
    gave: str | None = None
    """The user whose place in a booking was given to another."""
    took: str | None = None
    """The user who got the place."""
    organiser: str | None = None
    """The host before the event."""
    assignment: int | None = None
    """The booking's assignment before the event: it names the calendar event of that time."""
    calendar: Literal["cached", "unchecked"] | None = None
    """Set if a booking was made or moved while Google could not be asked whether the hosts are free.

    `cached`: decided by busy times that were read before; `unchecked`: by our own bookings alone.
    """
    reason: str | None = None
    """The reason that the customer or host gave; only the booking's history has it."""
