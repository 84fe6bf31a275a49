"""A booking as an event of Google Calendar.

https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from admitone.domain.instant import Instant
from admitone.domain.tokens import ALPHABET, ID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.people.user import User

BASE32HEX = "0123456789abcdefghijklmnopqrstuv"
PREFIX = "ao"
BOOKING = "admitone_booking"
SEQUENCE = "admitone_sequence"
BREAK = "<br><br>"
TEXT = 1500
"""Characters of each text that people typed, so that one leaves room for others."""
DESCRIPTION = 8000
"""Characters of a description; Google refuses events that have more than 8192."""
_TO_HEX = str.maketrans(ALPHABET.lower(), BASE32HEX)
_FROM_HEX = str.maketrans(BASE32HEX, ALPHABET.lower())


def event_id(booking: str, assignment: int) -> str:
    """The id of the event that a booking has with its host of that assignment.

    Google wants base32hex and keeps each id for ever, so that an insert which is sent again finds the first.
    """
    return f"{PREFIX}{booking.translate(_TO_HEX)}{assignment}"


def booking_of(event: str) -> tuple[str, int] | None:
    """The booking and assignment that an event's id was made of; None for events that are not ours.

    Of a deleted event nothing but its id is certain to be told.
    """
    start, end = len(PREFIX), len(PREFIX) + ID_LENGTH
    booking, assignment = event[start:end], event[end:]
    is_ours = (
        event.startswith(PREFIX)
        and len(booking) == ID_LENGTH
        and not booking.strip(BASE32HEX)
        and assignment.isascii()
        and assignment.isdecimal()
        and str(int(assignment)) == assignment
    )
    return (booking.translate(_FROM_HEX), int(assignment)) if is_ours else None


def event_uid(booking: Booking, assignment: int | None = None) -> str:
    """The UID (RFC 5545) of the event of the booking's host, or of the host of an earlier assignment.

    Google makes it of the event's id. Our own calendar files have the same, so that a customer who takes both
    has one entry.
    """
    return f"{event_id(booking.id, booking.assignment if assignment is None else assignment)}@google.com"


def event_body(
    booking: Booking,
    *,
    host: User,
    guests: Sequence[User],
    timezone: str,
    manage_url: str,
    answers: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The event to insert; `timezone` is the host's, `guests` the additional hosts, `answers` have labels."""
    data = booking.data
    body = {
        "id": event_id(booking.id, booking.assignment),
        "summary": _line(f"{data.event_type_name}: {data.name} and {host.name}"),
        "description": _description(booking, manage_url, answers),
        **event_times(booking, timezone),
        "attendees": attendees(booking, guests),
        "sequence": booking.sequence,
        "guestsCanModify": False,
        "guestsCanInviteOthers": False,
        "reminders": {"useDefault": True},
    }
    if data.location.kind == "google_meet":
        body |= conference(booking)
    elif place := _line(data.location.text()):
        body["location"] = place
    return body


def event_times(booking: Booking, timezone: str) -> dict[str, Any]:
    """When the event is, and which change of the booking it shows: that tells our writing from a person's."""
    return {
        "start": {"dateTime": Instant(booking.start).text(), "timeZone": timezone},
        "end": {"dateTime": Instant(booking.end).text(), "timeZone": timezone},
        "status": "confirmed",
        "extendedProperties": {"private": {BOOKING: booking.id, SEQUENCE: str(booking.sequence)}},
    }


def attendees(booking: Booking, guests: Sequence[User]) -> list[dict[str, str]]:
    """The customer and the additional hosts; the calendar's owner is the organiser."""
    customer = {"email": booking.data.email, "displayName": _line(booking.data.name)}
    return [customer, *({"email": guest.email, "displayName": _line(guest.name)} for guest in guests)]


def conference(booking: Booking) -> dict[str, Any]:
    """The wish for a Meet link; asked for again under the same name, it is the same link."""
    request = {
        "requestId": event_id(booking.id, booking.assignment),
        "conferenceSolutionKey": {"type": "hangoutsMeet"},
    }
    return {"conferenceData": {"createRequest": request}}


def _description(booking: Booking, manage_url: str, answers: Sequence[tuple[str, str]]) -> str:
    """Google shows descriptions as HTML: whatever people typed is escaped, and cut where it is too much."""
    data, url = booking.data, escape(manage_url)
    needed = [
        f"Booked by {_html(data.name)} ({_html(data.email)})",
        f'To move or cancel: <a href="{url}">{url}</a>',
    ]
    texts = [("Notes", data.notes), *answers, ("", data.policy.text)]
    room = DESCRIPTION - sum(map(len, needed))
    parts = []
    for label, text in texts:
        part = f"<b>{_html(label)}</b><br>{_html(text)}" if label else _html(text)
        if text and len(part) + len(BREAK) <= room:
            parts.append(part)
            room -= len(part) + len(BREAK)
    return BREAK.join([needed[0], *parts, needed[1]])


def _html(text: str) -> str:
    """What was typed, its lines kept."""
    text = text.strip()
    shown = text if len(text) <= TEXT else f"{text[:TEXT]}…"
    return "<br>".join(escape(line) for line in shown.splitlines())


def _line(text: str) -> str:
    """What was typed as one line, whatever breaks were in it."""
    return " ".join(text.split())
