"""A booking as a calendar file (RFC 5545): one to download, or one that a mail brings to its customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.calendar.calendar_event import event_uid
from admitone.domain.calendar.content_line import line, text_value, time_value

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
    return _file("PUBLISH", _event(booking, meeting, now), [])


def invitation(booking: Booking, meeting: Meeting, now: int) -> CalendarMessage:
    """The message that updates the event in a customer's or guest's calendar (RFC 5546, 3.2.2 and 3.2.5).

    Times are in UTC, as Google sends those of single events: each calendar converts them to its own zone, and
    no VTIMEZONE of ours can contradict it. The customer chose the time, so their status is ACCEPTED; that of
    guests is open.
    """
    attendees = [
        _attendee(booking.data.name, booking.data.email),
        *(_attendee("", guest, status="NEEDS-ACTION") for guest in booking.data.guests),
    ]
    method: Literal["REQUEST", "CANCEL"] = "CANCEL" if booking.status == "cancelled" else "REQUEST"
    return CalendarMessage(method, _file(method, _event(booking, meeting, now), attendees))


def withdrawal(
    booking: Booking, meeting: Meeting, now: int, *, assignment: int, attendee: tuple[str, str]
) -> CalendarMessage:
    """The message that cancels the event of an earlier assignment in a calendar (RFC 5546, 3.2.5).

    `meeting` has the organiser of that event; `attendee` (name and address) is the owner of the calendar.
    """
    event = _event(booking, meeting, now)
    event["UID"] = line("UID", text_value(event_uid(booking, assignment)))
    event["STATUS"] = line("STATUS", "CANCELLED")
    event.pop("LOCATION", None)  # it may be the address of the meeting, which the others still have
    return CalendarMessage("CANCEL", _file("CANCEL", event, [_attendee(*attendee)]))


def _attendee(name: str, address: str, *, status: str = "ACCEPTED") -> str:
    parameters = {"PARTSTAT": status, "RSVP": "FALSE"} | ({"CN": name} if name else {})
    return line("ATTENDEE", f"mailto:{address}", parameters)


def _event(booking: Booking, meeting: Meeting, now: int) -> dict[str, str]:
    """The lines of the event by the names of its properties, in the order of the file."""
    texts = {"DESCRIPTION": meeting.description, "LOCATION": meeting.place or None}
    event = {
        "SUMMARY": line("SUMMARY", text_value(meeting.title)),
        "DTSTART": line("DTSTART", time_value(booking.start)),
        "DTEND": line("DTEND", time_value(booking.end)),
        "DTSTAMP": line("DTSTAMP", time_value(now)),
        "UID": line("UID", text_value(event_uid(booking))),
        "SEQUENCE": line("SEQUENCE", str(booking.sequence)),
        "ATTENDEE": "",
        "CREATED": line("CREATED", time_value(booking.data.created_at)),
    }
    event |= {name: line(name, text_value(text)) for name, text in texts.items() if text is not None}
    if meeting.organiser:
        name, address = meeting.organiser
        event["ORGANIZER"] = line("ORGANIZER", f"mailto:{address}", {"CN": name})
    event["STATUS"] = line("STATUS", "CANCELLED" if booking.status == "cancelled" else "CONFIRMED")
    if meeting.url is not None:
        event["URL"] = line("URL", meeting.url)
    return event


def _file(method: str, event: dict[str, str], attendees: list[str]) -> bytes:
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", f"METHOD:{method}", "BEGIN:VEVENT"),
        *(event | {"ATTENDEE": "\r\n".join(attendees)}).values(),
        *("END:VEVENT", "END:VCALENDAR"),
    ]
    return "".join(f"{each}\r\n" for each in lines if each).encode()
