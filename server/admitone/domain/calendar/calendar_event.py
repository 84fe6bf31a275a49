"""A booking as an event of Google Calendar.

https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from admitone.domain.instant import Instant
from admitone.domain.tokens import ALPHABET, ID_LENGTH
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.people.user import User
    from admitone.texts.translator import Translator

BASE32HEX = "0123456789abcdefghijklmnopqrstuv"
PREFIX = "ao"
BOOKING = "admitone_booking"
SEQUENCE = "admitone_sequence"
SUMMARY = message("%(what)s: %(customer)s and %(host)s")
SOURCE = message("Booking in Admit One")
BREAK = "<br><br>"
TEXT = 1500
"""Characters of each text that people typed, so that one text leaves room for the others."""
DESCRIPTION = 8000
"""Characters of a description; Google refuses descriptions with more than 8192."""
_TO_HEX = str.maketrans(ALPHABET.lower(), BASE32HEX)
_FROM_HEX = str.maketrans(BASE32HEX, ALPHABET.lower())


def event_id(booking: str, assignment: int) -> str:
    """The id of a booking's event for the host of that assignment.

    Google requires base32hex and never reuses an id, so that a repeated insert finds the first event.
    """
    return f"{PREFIX}{booking.translate(_TO_HEX)}{assignment}"


def booking_of(event: str) -> tuple[str, int] | None:
    """The booking and assignment from which an event's id was made; None for events that are not ours.

    The id is used because it is the only field that Google always sends of a deleted event.
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

    Google derives it from the event's id. Our calendar files have the same UID, so that a customer who adds
    both has one entry.
    """
    return f"{event_id(booking.id, booking.assignment if assignment is None else assignment)}@google.com"


def event_body(
    booking: Booking,
    *,
    texts: Translator,
    host: User,
    others: Sequence[User],
    guests: Sequence[str] = (),
    timezone: str,
    booking_url: str,
    manage_url: str | None,
) -> dict[str, Any]:
    """The event to insert; `timezone` is the host's, `others` the additional hosts, `guests` addresses.

    The texts are in the customer's language, which `texts` says. `booking_url` is the booking in the
    dashboard: only the event's creator sees its source. All attendees share the description, and may cancel
    by a `manage_url` in it, so that is None if the customer gets it by mail, or has guests.
    Google mails the description to the customer, and whoever booked may have named somebody else as that: so
    it has neither notes nor answers.
    """
    data = booking.data
    body = {
        "id": event_id(booking.id, booking.assignment),
        "summary": _line(texts.say(SUMMARY, what=data.event_type_name, customer=data.name, host=host.name)),
        "description": _description(booking, manage_url, texts),
        "source": {"title": texts.say(SOURCE), "url": booking_url},
        **event_times(booking, timezone),
        "attendees": attendees(booking, others, guests),
        "sequence": booking.sequence,
        "guestsCanModify": False,
        "guestsCanInviteOthers": False,
        "reminders": {"useDefault": True},
    }
    if data.location.kind == "google_meet":
        body |= conference(booking)
    elif place := _line(texts.say(data.location.text())):
        body["location"] = place
    return body


def event_times(booking: Booking, timezone: str) -> dict[str, Any]:
    """The event's time, and the booking's sequence, which tells our changes from those of people."""
    return {
        "start": {"dateTime": Instant(booking.start).text(), "timeZone": timezone},
        "end": {"dateTime": Instant(booking.end).text(), "timeZone": timezone},
        "status": "confirmed",
        "extendedProperties": {"private": {BOOKING: booking.id, SEQUENCE: str(booking.sequence)}},
    }


def attendees(booking: Booking, others: Sequence[User], guests: Sequence[str]) -> list[dict[str, str]]:
    """The customer, the additional hosts and the guests; the calendar's owner is the organiser."""
    customer = {"email": booking.data.email, "displayName": _line(booking.data.name)}
    hosts = ({"email": other.email, "displayName": _line(other.name)} for other in others)
    return [customer, *hosts, *({"email": guest} for guest in guests)]


def conference(booking: Booking) -> dict[str, Any]:
    """The request for a Meet link; a repeated request with the same id gets the same link."""
    request = {
        "requestId": event_id(booking.id, booking.assignment),
        "conferenceSolutionKey": {"type": "hangoutsMeet"},
    }
    return {"conferenceData": {"createRequest": request}}


def _description(booking: Booking, manage_url: str | None, texts: Translator) -> str:
    """The description, which Google shows as HTML: typed texts are escaped, and left out if too long."""
    data = booking.data
    by = message("Booked by %(name)s (%(email)s)", name=_html(data.name), email=_html(data.email))
    first, policy = texts.say(by), _html(data.policy.text)
    manage = ""
    if manage_url is not None:
        url = escape(manage_url)
        link = f'<a href="{url}">{url}</a>'
        manage = texts.say(message("To reschedule or cancel: %(link)s", link=link))
    if len(first) + len(policy) + len(manage) + 2 * len(BREAK) > DESCRIPTION:
        policy = ""
    return BREAK.join(filter(None, [first, policy, manage]))


def _html(text: str) -> str:
    """A typed text as HTML with its line breaks."""
    text = text.strip()
    shown = text if len(text) <= TEXT else f"{text[:TEXT]}…"
    return "<br>".join(escape(line) for line in shown.splitlines())


def _line(text: str) -> str:
    """A typed text as one line, without its line breaks."""
    return " ".join(text.split())
