"""An event type: what is booked, its time-slot settings and the policy of its bookings (docs/api.md)."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.availability.case import BookingWindow, RollingDays, TimeSlots, window_problems
from admitone.domain.bookings.guests import MOST_GUESTS
from admitone.domain.bookings.policy import NewPolicy, Policy
from admitone.domain.errors import FieldError
from admitone.domain.mail.kinds import Reminders, reminder_problems
from admitone.domain.text import has_web_address, line_problems, text_problems
from admitone.texts.message import message

Minutes = Annotated[int, Meta(ge=0, le=525_600)]
Buffer = Annotated[int, Meta(ge=0, le=1440)]
Limit = Annotated[int, Meta(ge=1, le=10_000)]


MEETING_TO_FOLLOW = message("Online meeting. Its details will follow.")


class Location(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where it takes place; `detail` is the number, the address or the link, or a hint for `ask`.

    A `google_meet` whose host has no calendar that can make the link is shown with a detail that says so.
    """

    kind: Literal["google_meet", "phone", "in_person", "link", "ask"]
    detail: str = ""

    def text(self) -> str:
        """The place in one line, as calendars show it; empty if it is not known yet."""
        if self.kind == "google_meet":
            return self.detail or "Google Meet"
        return self.detail or (message("By phone") if self.kind == "phone" else "")

    def with_meeting(self, *, is_promised: bool) -> Location:
        """The place as customers see it, given whether a Meet link is there or will be made.

        What the host has typed takes precedence over a link that will not come.
        """
        if self.kind != "google_meet" or self.detail or is_promised:
            return self
        return Location(self.kind, MEETING_TO_FOLLOW)

    def before_booking(self) -> Location:
        """What somebody who has not booked may know: the kind, and a detail that opens no meeting.

        Whoever has a page's address could otherwise enter the meetings of others, or keep the link for later.
        """
        if self.detail == MEETING_TO_FOLLOW:
            return self
        opens_meeting = self.kind in {"google_meet", "link"} or has_web_address(self.detail)
        return Location(self.kind) if opens_meeting else self


class EventTypeValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes of an event type; lengths of time are whole minutes.

    The dashboard calls them Duration, Start times every (`increment_minutes`), Buffer before, Buffer after,
    Minimum notice and Booking window (`window`).
    """

    name: str
    duration_minutes: Annotated[int, Meta(ge=1, le=1440)]
    description: str = ""
    location: Location = Location("google_meet")
    increment_minutes: Annotated[int, Meta(ge=5, le=120)] | None = None
    buffer_before_minutes: Buffer = 0
    buffer_after_minutes: Buffer = 0
    min_notice_minutes: Minutes = 60
    window: BookingWindow | None = RollingDays(60)
    max_per_day: Limit | None = None
    max_per_week: Limit | None = None
    max_shown_per_day: Limit | None = None
    policy: Policy = Policy()
    reminders: Reminders | None = None
    """When its customers are reminded; None means the reminders of the workspace's settings."""
    max_guests: Annotated[int, Meta(ge=0, le=MOST_GUESTS)] = 0
    """Guests whom a customer may add to a booking."""

    def problems(self) -> list[FieldError]:
        """The errors in the values, beyond their types."""
        found = line_problems("name", self.name)
        found += text_problems("description", self.description)
        found += line_problems("location.detail", self.location.detail, most=1000, empty=True)
        found += text_problems("policy.text", self.policy.text)
        found += reminder_problems("reminders", self.reminders or [])
        found += window_problems("window", self.window)
        for name, permission in (("cancel", self.policy.cancel), ("reschedule", self.policy.reschedule)):
            if problem := permission.problem():
                found.append(FieldError(f"policy.{name}.minutes", problem))
        return found


class EventTypeBody(EventTypeValues, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes to make an event type."""

    policy: NewPolicy = NewPolicy()


class EventType(EventTypeValues, frozen=True, kw_only=True, dict=True):
    """An event type as it is stored."""

    id: str
    created_at: int

    @cached_property
    def time_slots(self) -> TimeSlots:
        """The settings from which available times are computed."""
        return TimeSlots.of(self)
