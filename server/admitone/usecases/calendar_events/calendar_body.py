"""What is written into the calendar event of a booking: what the workspace knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.calendar.calendar_event import event_body, event_id, event_times
from admitone.usecases.shared.booking_view import manage_token, manage_url

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.google.calendar import GoogleEvent
    from admitone.store.records.snapshot import Snapshot
    from admitone.usecases.shared.services import Services


class Draft(msgspec.Struct, frozen=True):
    """An event to write; `timezone` is the host's."""

    id: str
    timezone: str
    body: dict[str, Any]


async def draft_event(services: Services, snapshot: Snapshot, booking: Booking) -> Draft | None:
    """The event of a booking that was read in `snapshot`; None where its host is gone."""
    page, host, *others = await snapshot.load(
        ("booking_page", booking.host_page), *(("user", user) for user in booking.users)
    )
    if host is None:
        return None
    timezone = page.schedule.timezone if page else booking.data.timezone
    body = event_body(
        booking,
        host=host,
        guests=[other for other in others if other is not None],
        timezone=timezone,
        manage_url=manage_url(services, manage_token(services, snapshot.workspace, booking)),
        answers=labelled_answers(booking, page),
    )
    return Draft(body["id"], timezone, body)


def labelled_answers(booking: Booking, page: BookingPage | None) -> list[tuple[str, str]]:
    """The answers with their questions, as they were asked.

    Bookings of earlier versions did not keep those: they show what the page asks now, or else the id.
    """
    labels = {field.id: field.label for field in page.form} if page else {}
    labels |= booking.data.questions
    return [
        (labels.get(name, name), "Yes" if answer is True else str(answer))
        for name, answer in booking.data.answers.items()
    ]


def missing_attendees(event: GoogleEvent, draft: Draft) -> dict[str, Any]:
    """What to patch so that everybody is invited; nothing where they are, and nobody is ever removed."""
    there = {attendee.get("email", "").lower() for attendee in event.attendees}
    missing = [one for one in draft.body["attendees"] if one["email"].lower() not in there]
    return {"attendees": [*event.attendees, *missing]} if missing else {}


def placeholder(booking: Booking, assignment: int) -> dict[str, Any]:
    """An event that nobody is invited to, to be deleted at once: it takes the id for good."""
    return {"id": event_id(booking.id, assignment), "summary": "-", **event_times(booking, "UTC")}
