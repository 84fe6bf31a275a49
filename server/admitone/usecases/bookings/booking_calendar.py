"""A booking as a calendar file for its customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.calendar.calendar_file import Meeting, calendar_file
from admitone.usecases.shared.booking_view import host_of, manage_url

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.shared.services import Services


async def booking_calendar(services: Services, managed: Managed) -> bytes:
    """The iCalendar file; it contains the manage link."""
    host = await host_of(managed.snapshot, managed.booking)
    return calendar_file(managed.booking, meeting_of(services, managed, host), services.now())


def meeting_of(services: Services, managed: Managed, host: User | None) -> Meeting:
    """The booking as the customer's calendar shows it; `host` is None if that user was deleted."""
    booking = managed.booking
    name = booking.data.event_type_name
    url = manage_url(services, managed.token)
    return Meeting(
        title=f"{name} with {host.name}" if host else name,
        place=booking.join_url or booking.data.location.text(),
        description=f"To move or cancel: {url}",
        url=url,
        organiser=(host.name, host.email) if host else None,
    )
