"""The content of a booking's calendar event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.calendar.calendar_event import event_body, event_id, event_times
from admitone.domain.pages.language import fixed_language
from admitone.domain.people.reader import reader_for
from admitone.texts.catalogues import ENGLISH
from admitone.usecases.shared.booking_view import booking_url, manage_token, manage_url
from admitone.usecases.shared.guests import told_guests
from admitone.usecases.shared.mail_set_up import mail_set_up

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.google.calendar import GoogleEvent
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services


class EventDraft(msgspec.Struct, frozen=True):
    """An event to write; `timezone` is the host's."""

    id: str
    timezone: str
    body: dict[str, Any]


async def draft_event(services: Services, snapshot: Snapshot, booking: Booking) -> EventDraft | None:
    """The event of a booking that was read in `snapshot`; None if the host was deleted.

    Its words are in the customer's language, as their mails are: Google mails it to them.
    """
    page, host, *others = await snapshot.load(
        ("booking_page", booking.host_page), *(("user", user) for user in booking.users)
    )
    if host is None:
        return None
    mails = await mail_set_up(services, snapshot.workspace, host.id)
    token = manage_token(services, snapshot.workspace, booking)
    timezone = page.schedule.timezone if page else booking.data.timezone
    fixed = fixed_language(page, await snapshot.settings())
    body = event_body(
        booking,
        texts=reader_for([booking.data.locale or fixed or ENGLISH]).texts,
        host=host,
        others=[other for other in others if other is not None],
        guests=await told_guests(services, snapshot, booking),
        timezone=timezone,
        booking_url=booking_url(services, booking),
        manage_url=None if mails.sends or booking.data.guests else manage_url(services, token),
    )
    return EventDraft(body["id"], timezone, body)


def labelled_answers(booking: Booking, page: BookingPage | None, yes: str = "Yes") -> list[tuple[str, str]]:
    """The answers, each with its question as it was asked; a ticked box is answered by the word `yes`.

    Bookings of earlier versions did not store the questions: for them the page's present question is used, or
    else the question's id.
    """
    labels = {field.id: field.label for field in page.form} if page else {}
    labels |= booking.data.questions
    return [
        (labels.get(name, name), yes if answer is True else str(answer))
        for name, answer in booking.data.answers.items()
    ]


def missing_attendees(event: GoogleEvent, draft: EventDraft) -> dict[str, Any]:
    """The patch that invites all, empty if all are invited; it never removes a guest."""
    there = {attendee.get("email", "").lower() for attendee in event.attendees}
    missing = [one for one in draft.body["attendees"] if one["email"].lower() not in there]
    return {"attendees": [*event.attendees, *missing]} if missing else {}


def placeholder(booking: Booking, assignment: int) -> dict[str, Any]:
    """An event without guests that is deleted at once: its id cannot be used again."""
    return {"id": event_id(booking.id, assignment), "summary": "-", **event_times(booking, "UTC")}
