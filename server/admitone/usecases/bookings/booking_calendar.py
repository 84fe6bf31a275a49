"""A booking for its customer's calendar: as a file, and as addresses of web calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.calendar.calendar_file import Meeting, calendar_file
from admitone.domain.calendar.calendar_link import Occasion, calendar_links
from admitone.texts.message import message
from admitone.usecases.shared.booking_view import host_of, manage_url, title_of

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.people.user import User
    from admitone.texts.translator import Translator
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.shared.services import Services


async def booking_calendar(services: Services, managed: Managed, texts: Translator) -> bytes:
    """The iCalendar file in the customer's language; it contains the manage link."""
    host = await host_of(managed.snapshot, managed.booking)
    return calendar_file(managed.booking, meeting_of(services, managed, host, texts), services.now())


def booking_calendar_links(booking: Booking, host: User | None, texts: Translator) -> dict[str, str]:
    """Addresses that offer the booking to web calendars, by their names; they hold no secret."""
    place = booking.location.before_booking()
    said = message("Video call") if place.kind == "link" else place.text()
    title = title_of(booking, host, texts)
    return calendar_links(Occasion(title=title, start=booking.start, end=booking.end, place=texts.say(said)))


def meeting_of(
    services: Services, managed: Managed, host: User | None, texts: Translator, *, is_guest: bool = False
) -> Meeting:
    """The booking as the customer's calendar shows it; `host` is None if that user was deleted.

    In the calendar of a guest it does not have the manage link.
    """
    booking, url = managed.booking, None if is_guest else manage_url(services, managed.token)
    return Meeting(
        title=title_of(booking, host, texts),
        place=booking.join_url or texts.say(booking.location.text()),
        description=texts.say(message("To reschedule or cancel: %(link)s", link=url)) if url else None,
        url=url,
        organiser=(host.name, host.email) if host else None,
    )
