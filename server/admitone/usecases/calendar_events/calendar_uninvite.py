"""Take a guest whose data are erased out of a booking's calendar event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.calendar.calendar_event import event_id
from admitone.domain.jobs.job import JobDelayed
from admitone.domain.people.email_address import same_address
from admitone.texts.message import message
from admitone.usecases.shared.google_work import google_work
from admitone.usecases.shared.host_calendar import host_calendar

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Services

ATTEMPTS = 5


async def uninvite_guest(services: Services, workspace: str, booking: Booking, email: str) -> None:
    """Take the guest out of the event of a booking that has not ended, and tell nobody.

    Later writes do not put them back: `told_guests` leaves out whoever is being erased. Raises JobDelayed,
    JobFailed.
    """
    place = booking.event
    if services.google is None or place is None or booking.end <= services.now():
        return
    calendar = await host_calendar(services, workspace, place.user, place.calendar)
    if calendar is None:
        return
    async with google_work(services, workspace, calendar.user, calendar.grant):
        for _ in range(ATTEMPTS):
            event = await calendar.google.get(event_id(booking.id, place.assignment))
            if event is None or event.is_cancelled:
                return
            left = [one for one in event.attendees if not same_address(one.get("email", ""), email)]
            if len(left) == len(event.attendees):
                return
            if await calendar.google.patch(event, {"attendees": left}, tell=False) is not None:
                return
    raise JobDelayed(message("The calendar event keeps changing."))
