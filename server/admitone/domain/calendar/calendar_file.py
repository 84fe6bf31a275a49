"""A booking as a calendar file (RFC 5545): one to download, or one that a mail brings to its customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import msgspec
from icalendar import Calendar, Event, vCalAddress

from admitone.domain.calendar.calendar_event import event_uid

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking

PRODUCT = "-//Admit One//admitone//EN"


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A booking in a calendar, without its times; `organiser` is a pair of name and address.

    `description` and `url` are None for a guest, to whom the manage link is not told.
    """

    title: str
    place: str
    description: str | None
    url: str | None
    organiser: tuple[str, str] | None


class CalendarMessage(msgspec.Struct, frozen=True):
    """A file for the customer's calendar, and the method, which says what their mail program does with it."""

    method: Literal["REQUEST", "CANCEL"]
    content: bytes


def calendar_file(booking: Booking, meeting: Meeting, now: int) -> bytes:
    """The file to download (method PUBLISH; RFC 5546, 3.2.1).

    Its UID never changes and its SEQUENCE rises with every change, so that a calendar which already has the
    event moves it, or marks it as cancelled.
    """
    return _file("PUBLISH", _event(booking, meeting, now))


def invitation(booking: Booking, meeting: Meeting, now: int) -> CalendarMessage:
    """The message that updates the event in a customer's or guest's calendar (RFC 5546, 3.2.2 and 3.2.5).

    Times are in UTC, as Google sends those of single events: each calendar converts them to its own zone, and
    no VTIMEZONE of ours can contradict it. The customer chose the time, so their status is ACCEPTED; that of
    guests is open.
    """
    event = _event(booking, meeting, now)
    event.add("attendee", _attendee(booking.data.name, booking.data.email))
    for guest in booking.data.guests:
        event.add("attendee", _attendee("", guest, status="NEEDS-ACTION"))
    method: Literal["REQUEST", "CANCEL"] = "CANCEL" if booking.status == "cancelled" else "REQUEST"
    return CalendarMessage(method, _file(method, event))


def withdrawal(
    booking: Booking, meeting: Meeting, now: int, *, assignment: int, attendee: tuple[str, str]
) -> CalendarMessage:
    """The message that cancels the event of an earlier assignment in a calendar (RFC 5546, 3.2.5).

    `meeting` has the organiser of that event; `attendee` (name and address) is the owner of the calendar.
    """
    event = _event(booking, meeting, now)
    event["uid"], event["status"] = event_uid(booking, assignment), "CANCELLED"
    event.pop("location", None)  # it may be the address of the meeting, which the others still have
    event.add("attendee", _attendee(*attendee))
    return CalendarMessage("CANCEL", _file("CANCEL", event))


def _attendee(name: str, address: str, *, status: str = "ACCEPTED") -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    if name:
        found.params["CN"] = name
    found.params["PARTSTAT"] = status
    found.params["RSVP"] = "FALSE"
    return found


def _event(booking: Booking, meeting: Meeting, now: int) -> Event:
    event = Event()
    event.add("uid", event_uid(booking))
    event.add("sequence", booking.sequence)
    event.add("dtstamp", _utc(now))
    event.add("created", _utc(booking.data.created_at))
    event.add("dtstart", _utc(booking.start))
    event.add("dtend", _utc(booking.end))
    event.add("status", "CANCELLED" if booking.status == "cancelled" else "CONFIRMED")
    event.add("summary", meeting.title)
    if meeting.description is not None:
        event.add("description", meeting.description)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.url is not None:
        event.add("url", meeting.url)
    if meeting.organiser:
        name, address = meeting.organiser
        organiser = vCalAddress(f"mailto:{address}")
        organiser.params["CN"] = name
        event.add("organizer", organiser)
    return event


def _file(method: str, event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
