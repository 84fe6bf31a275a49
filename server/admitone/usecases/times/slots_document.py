"""The document that `admitone slots` reads: one case of availability."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta

from admitone.domain.availability.case import (
    DEFAULT_WINDOW,
    EVENT_TYPE_FIELDS,
    MINUTE,
    Booked,
    BookingWindow,
    Case,
    Dates,
    Host,
    RollingDays,
    TimeSlots,
)
from admitone.domain.availability.schedule import Schedule, Weekly, Window
from admitone.domain.availability.schedule_hours import Hours
from admitone.domain.availability.zones import zone_names
from admitone.domain.errors import FieldError
from admitone.domain.instant import Instant
from admitone.usecases.pages.event_types import EventTypeView

if TYPE_CHECKING:
    from collections.abc import Iterator

Minutes = Annotated[int, Meta(ge=0)]
Length = Annotated[int, Meta(ge=1, le=1440)]
Buffer = Annotated[int, Meta(ge=0, le=1440)]
Limit = Annotated[int, Meta(ge=1)]


class TimeSlotFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event type's time-slot settings with the API's names and defaults; any increment up to a day."""

    duration_minutes: Length
    increment_minutes: Length | None = None
    buffer_before_minutes: Buffer = 0
    buffer_after_minutes: Buffer = 0
    min_notice_minutes: Minutes = 60
    window: BookingWindow | None = DEFAULT_WINDOW
    max_per_day: Limit | None = None
    max_per_week: Limit | None = None
    max_shown_per_day: Limit | None = None

    def time_slots(self) -> TimeSlots:
        """The settings as the engine takes them."""
        return TimeSlots.of(self)


if TYPE_CHECKING:
    EventTypeFields = TimeSlotFields
else:
    EventTypeFields = msgspec.defstruct(
        "EventTypeFields",
        [(name, Any, None) for name in EventTypeView.__struct_fields__ if name not in EVENT_TYPE_FIELDS],
        bases=(TimeSlotFields,),
        frozen=True,
        forbid_unknown_fields=True,
        kw_only=True,
    )
"""An event type as the API answers it; the fields that do not concern times are accepted and ignored."""


class BookedFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A live booking of the same event type."""

    start: Instant
    end: Instant
    buffer_before_minutes: Buffer = 0
    buffer_after_minutes: Buffer = 0

    def booked(self) -> Booked:
        """The booking as it blocks the host's time."""
        before, after = self.buffer_before_minutes * MINUTE, self.buffer_after_minutes * MINUTE
        return Booked(self.start, self.end, before, after)


class HostFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A host's schedule and occupied time; intervals are half-open and in any order."""

    id: str
    timezone: str
    weekly: Weekly = Weekly()
    overrides: dict[str, tuple[Window, ...]] = {}
    busy: list[tuple[Instant, Instant]] = []
    bookings: list[BookedFields] = []

    @property
    def schedule(self) -> Schedule:
        """The schedule in the form that a booking page has."""
        return Schedule(self.timezone, self.weekly, self.overrides)

    def host(self) -> Host:
        """The host as the engine sees it."""
        return Host(self.id, Hours(self.schedule), self.busy, [booking.booked() for booking in self.bookings])


class SlotsDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case: a slot starts at or after `from` and ends at or before `to`.

    With the assignment `single` there is one host; `all` needs every host, `any` needs one of them. `groups`
    are lists of host ids: a slot needs one host of each group, and the first group sets the grid. `timezone`
    is the customer's (default: the first host's).
    """

    now: Instant
    first: Instant = msgspec.field(name="from")
    last: Instant = msgspec.field(name="to")
    timezone: str | None = None
    event_type: EventTypeFields
    assignment: Literal["single", "all", "any"] | None = None
    groups: list[list[str]] | None = None
    hosts: list[HostFields]

    def problems(self) -> list[FieldError]:
        """The errors in the values, beyond their types, each with its place."""
        return [FieldError(field, message) for field, message in _problems(self)]

    def case(self) -> Case:
        """The question to the engine; the document must be without problems."""
        hosts = {fields.id: fields.host() for fields in self.hosts}
        groups = self.groups
        if groups is None:
            groups = [[name] for name in hosts] if self.assignment == "all" else [list(hosts)]
        return Case(
            slots=self.event_type.time_slots(),
            groups=[[hosts[name] for name in dict.fromkeys(group)] for group in groups],
            now=self.now,
        )


def _problems(document: SlotsDocument) -> Iterator[tuple[str, str]]:
    if document.timezone is not None and document.timezone not in zone_names():
        yield "timezone", f"“{document.timezone}” is not a time zone; use a name such as Europe/Paris."
    window = document.event_type.window
    if isinstance(window, RollingDays) and window.days < 0:
        yield "event_type.window.days", "This must be 0 or more."
    if isinstance(window, Dates) and window.last < window.first:
        yield "event_type.window.to", "The last date is before the first."
    ids = [host.id for host in document.hosts]
    for index, host in enumerate(document.hosts):
        if host.id in ids[:index]:
            yield f"hosts.{index}.id", f"Another host is “{host.id}” already."
        for problem in host.schedule.problems():
            yield f"hosts.{index}.{problem.field}", problem.message
    if document.groups is None:
        if document.assignment in {None, "single"} and len(ids) != 1:
            yield "assignment", "With several hosts, or none, say “all” or “any”, or give groups."
    elif document.assignment is not None:
        yield "assignment", "Give groups or an assignment, not both."
    for place, group in enumerate(document.groups or []):
        for index, name in enumerate(group):
            if name not in ids:
                yield f"groups.{place}.{index}", f"There is no host “{name}”."
