"""A booking: a reserved time, and who may still change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from admitone.domain.bookings.policy import MINUTE, Policy
from admitone.domain.budgets import MOVES
from admitone.domain.errors import (
    BookingNotActive,
    Invalid,
    PolicyRefuses,
    Refusal,
    TooManyRequests,
    invalid,
)
from admitone.domain.instant import Instant
from admitone.domain.pages.event_type import Location
from admitone.domain.text import kept_name, text_problems, trimmed, web_address
from admitone.texts.message import count_message, message

Status = Literal["scheduled", "rescheduled", "completed", "cancelled", "no_show"]
LIVE = frozenset({"scheduled", "rescheduled"})
REASON = 1000
"""Characters in a reason at most."""
USUAL_POLICY = Policy(max_reschedules=5)
"""The policy of a booking whose document leaves it out: that of most event types.

It stays as it is: another one would change what existing bookings mean."""


class CustomerBooking(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a customer sends to book; a personalised link may leave out name and email.

    `email_code` is the code that was mailed to `email`, for a page that asks customers to confirm it.
    """

    start: Instant
    event_type: str | None = None
    name: str | None = None
    email: str | None = None
    timezone: str | None = None
    notes: str = ""
    answers: dict[str, Any] = {}
    locale: Annotated[str, Meta(max_length=35)] | None = None
    email_code: str | None = None
    guests: list[str] | UnsetType = UNSET
    """Email addresses. Without guests the field is not encoded, so that a form which is sent again after an
    update of the server is still the same operation."""


class EmailCodeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The address to confirm."""

    email: str


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What goes with a cancellation."""

    reason: str = ""


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What goes with a reschedule;"""

    start: Instant
    reason: str = ""


class Reassignment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """To whom a booking is given: in the place of its host, or of another of its users."""

    host: str
    instead_of: str | None = None
    reason: str = ""


class RescheduleRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What goes with the wish for another time: the event type of the new link, by default the booking's."""

    event_type: str | None = None
    reason: str = ""


class BookingData(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a booking that never changes: what was agreed when it was made.

    Field names are letters in Redis, because every booking stores them.
    """

    created_at: int = msgspec.field(name="c")
    name: str = msgspec.field(name="n")
    email: str = msgspec.field(name="e")
    timezone: str = msgspec.field(name="z")
    event_type_name: str = msgspec.field(name="t")
    location: Location = msgspec.field(name="l")
    policy: Policy = msgspec.field(name="p", default=USUAL_POLICY)
    manage: str = msgspec.field(name="m")
    """The manage token, sealed."""
    notes: str = msgspec.field(name="o", default="")
    answers: dict[str, Any] = msgspec.field(name="a", default_factory=dict)
    questions: dict[str, str] = msgspec.field(name="q", default_factory=dict)
    """The questions by the ids of their answers. They are kept because pages change, and because a pool asks
    the questions of its first member, whoever is chosen."""
    locale: str | None = msgspec.field(name="i", default=None)
    calendar: Literal["checked", "cached", "unchecked"] | None = msgspec.field(name="k", default=None)
    """How the hosts' calendars were checked at the booking, see `Event`; None: no calendar was connected."""
    guests: tuple[str, ...] = msgspec.field(name="g", default=())
    """The addresses of the people whom the customer brings along, each mailbox once."""

    def __post_init__(self) -> None:
        """Keep names that cannot turn the text around them, in bookings of earlier versions too."""
        msgspec.structs.force_setattr(self, "name", kept_name(self.name))
        msgspec.structs.force_setattr(self, "event_type_name", kept_name(self.event_type_name))


class EventPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where the calendar event of one assignment is, or may be: `etag` is None until Google has answered."""

    assignment: int
    user: str
    """The id of the user whose calendar it is."""
    calendar: str
    etag: str | None = None
    join_url: str | None = None


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """A booking as it is stored; times are epoch seconds, buffers seconds; `users` starts with the host."""

    id: str
    status: Status
    start: int
    end: int
    before: int
    after: int
    event_type: str
    page: str
    users: Sequence[str]
    sequence: int
    data: BookingData
    link: str | None = None
    reschedules: int = 0
    moved: Sequence[int] = ()
    """When its customer last moved it, oldest first: as many times as the budget of moves needs."""
    assignment: int = 0
    """How often the booking was given to another host; each has a calendar event of its own."""
    events: Sequence[EventPlace] = ()
    pages: Sequence[str] = ()
    """For a booking of a master page: the booking page by which each of `users` was chosen."""
    conflict: int | None = None
    """The start to which the host moved the event in Google Calendar, if the booking could not follow.

    0 stands for an all-day event.
    """
    counted: str | None = None
    """What it has contributed to the counters of reports (domain/reports/shares.py); None: nothing yet."""
    is_announced: bool = False
    """Whether it was announced that it is completed."""
    was: Status | None = None
    """The status of a no-show before it was recorded as one."""
    operation: str | None = None
    """The operation of the Idempotency-Key or form that booked it: its answer is kept for a day."""

    @property
    def host_page(self) -> str:
        """The booking page of its host: the booking's page, or the one that a master page chose."""
        return self.pages[0] if self.pages else self.page

    @property
    def event(self) -> EventPlace | None:
        """The place of the present host's event, or None if there is none."""
        return next((place for place in self.events if place.assignment == self.assignment), None)

    @property
    def location(self) -> Location:
        """Where it takes place; of a cancelled booking without what opens a meeting.

        Google makes a Meet link when the booking is written into the host's calendar, within seconds if one
        was connected when it was booked.
        """
        place = self.data.location
        if self.status == "cancelled":
            return place.before_booking()
        is_promised = self.event is not None or self.data.calendar in {"checked", "cached"}
        return place.with_meeting(is_promised=is_promised)

    @property
    def join_url(self) -> str | None:
        """The address by which people join the meeting; None if there is none yet, or if it is cancelled."""
        if self.status == "cancelled":
            return None
        if self.data.location.kind == "google_meet":
            return self.event.join_url if self.event else None
        return web_address(self.data.location.detail) if self.data.location.kind == "link" else None

    def status_at(self, now: int) -> Status:
        """The status at `now`: a live booking that has ended is completed."""
        return "completed" if self.status in LIVE and self.end <= now else self.status


NO_NO_SHOW = message("This booking is not recorded as a no-show.")
TOO_LATE = message("It is too late for this change. Please contact the organiser.")


def customer_refusal(booking: Booking, action: Literal["cancel", "reschedule"], now: int) -> Refusal | None:
    """Why the customer may not do `action` now, or None; only `BookingNotActive` holds for hosts as well."""
    if booking.status not in LIVE or booking.start <= now:
        return BookingNotActive()
    policy = booking.data.policy
    permission = policy.cancel if action == "cancel" else policy.reschedule
    if not permission.holds(booking.start, now):
        return PolicyRefuses(TOO_LATE if permission.allow == "until" else None)
    most = policy.max_reschedules
    if action == "reschedule" and most is not None and booking.reschedules >= most:
        return PolicyRefuses(
            message("This booking can't be rescheduled any more. Please contact the organiser.")
        )
    wait = MOVES.wait(booking.moved, now) if action == "reschedule" else None
    return None if wait is None else _moved_too_often(wait)


def _moved_too_often(wait: int) -> TooManyRequests:
    return TooManyRequests(
        wait,
        count_message(
            "This booking was rescheduled %(times)s times within an hour. "
            "It can be rescheduled again in %(count)s minute.",
            "This booking was rescheduled %(times)s times within an hour. "
            "It can be rescheduled again in %(count)s minutes.",
            count=-(-wait // MINUTE),
            times=MOVES.most,
        ),
    )


def host_refusal(
    booking: Booking, action: Literal["cancel", "reschedule", "reassign", "no_show"], now: int
) -> Refusal | None:
    """Why a host may not do `action` now, or None.

    A booking that has begun can be cancelled but not moved. Only after it has begun is a no-show possible.
    """
    if booking.status not in LIVE:
        return BookingNotActive()
    began, ended = booking.start <= now, booking.end <= now
    if (action == "cancel" and ended) or (action in {"reschedule", "reassign"} and began):
        return BookingNotActive()
    if action == "no_show" and not began:
        return BookingNotActive(message("This booking has not begun yet."))
    return None


def kept_reason(policy: Policy | None, reason: str) -> str | None:
    """The reason to keep, or None; raises Invalid.

    `policy` is the booking's, which may require or forbid a customer's reason; None for a host.
    """
    if policy is not None and policy.reason == "off":
        return None
    text = trimmed(reason)
    if policy is not None and policy.reason == "required" and not text:
        raise invalid("reason", message("Please give a reason."))
    if problems := text_problems("reason", reason, most=REASON):
        raise Invalid(*problems)
    return text or None
