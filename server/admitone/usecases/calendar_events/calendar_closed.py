"""What becomes of events whose calendar was deleted at Google, or may not be written to any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.bookings.booking import EventPlace
from admitone.domain.calendar.calendar_event import event_id
from admitone.domain.jobs.job import JobFailed
from admitone.store.records.bookings import note_event
from admitone.store.records.google_connections import change_connection, read_connection

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.records.google_connections import Connection
    from admitone.usecases.shared.host_calendar import HostCalendar
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()

CHOOSE = "The calendar that bookings are written to is gone, or closed to us: its owner must choose another."
READ_ONLY = "The event is in a calendar that may not be written to any more."


async def leave_calendar(
    services: Services, workspace: str, booking: Booking, calendar: HostCalendar
) -> None:
    """Note that the event of a booking is to be in the calendar which its host has chosen since.

    Raises JobFailed where they have chosen none since: they are asked to. Also where the event can still be
    read in the old one, since there would be two of it then.
    """
    connection = await read_connection(services.store, workspace, calendar.user)
    if connection is None or connection.writing == calendar.id:
        await mark_unwritable(services, workspace, calendar.user, calendar.id)
        raise JobFailed(CHOOSE, calendar.user)
    there = await calendar.google.get(event_id(booking.id, booking.assignment))
    if there is not None:
        raise JobFailed(READ_ONLY)
    place = EventPlace(assignment=booking.assignment, user=calendar.user, calendar=connection.writing)
    await note_event(services.store, workspace, booking, place, left=calendar.id)


async def mark_unwritable(services: Services, workspace: str, user: str, calendar: str) -> None:
    """Note that Google lets no booking be written to this calendar, so that its owner is asked for another.

    Nothing happens where they have chosen another in the meantime.
    """

    def mark(connection: Connection) -> Connection | None:
        if connection.writing != calendar or connection.unwritable == calendar:
            return None
        return msgspec.structs.replace(connection, unwritable=calendar)

    await change_connection(services.store, workspace, user, mark)
    log.warning("calendar-closed", user=user)
