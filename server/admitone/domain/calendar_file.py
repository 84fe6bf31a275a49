"""A booking as a calendar file (RFC 5545), published to whoever has it (RFC 5546, 3.2.1)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from icalendar import Calendar, Event, vCalAddress

from admitone.domain.calendar_event import event_uid

if TYPE_CHECKING:
    from admitone.domain.booking import Booking

PRODUCT = "-//Admit One//admitone//EN"


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """What a calendar shows of a booking besides its times; `organiser` is a name and an address."""

    title: str
    place: str
    description: str
    url: str
    organiser: tuple[str, str] | None


def calendar_file(booking: Booking, meeting: Meeting, now: int) -> bytes:
    """The file.

    Its UID is the booking's for good and its SEQUENCE rises with every change, so that a calendar which has
    it already moves the event, or strikes it out.
    """
    event = Event()
    event.add("uid", event_uid(booking))
    event.add("sequence", booking.sequence)
    event.add("dtstamp", _utc(now))
    event.add("created", _utc(booking.data.created_at))
    event.add("dtstart", _utc(booking.start))
    event.add("dtend", _utc(booking.end))
    event.add("status", "CANCELLED" if booking.status == "cancelled" else "CONFIRMED")
    event.add("summary", meeting.title)
    event.add("description", meeting.description)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", meeting.url)
    if meeting.organiser:
        name, address = meeting.organiser
        organiser = vCalAddress(f"mailto:{address}")
        organiser.params["CN"] = name
        event.add("organizer", organiser)

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
