"""Events whose calendar was deleted at Google, or cannot be written to any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.bookings.booking import EventPlace
from admitone.domain.calendar.calendar_event import event_id
from admitone.domain.jobs.job import JobFailed
from admitone.store.records.bookings import note_event
from admitone.store.records.credentials.google_connections import change_connection, read_connection
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.records.credentials.google_connections import Connection
    from admitone.usecases.shared.host_calendar import HostCalendar
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()

CHOOSE = message("The calendar for bookings was deleted or is read-only: its owner must choose another.")
READ_ONLY = message("The event is in a calendar that has become read-only.")


async def leave_calendar(
    services: Services, workspace: str, booking: Booking, calendar: HostCalendar
) -> None:
    """Note that the booking's event belongs in the calendar that its host has chosen since.

    Raises JobFailed if the host has not chosen another calendar (the host is asked to), and if the event can
    still be read in the old calendar, since a second event would then exist.
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
    """Note that bookings cannot be written to this calendar; its owner is asked to choose another.

    Does nothing if the owner has chosen another meanwhile.
    """

    def mark(connection: Connection) -> Connection | None:
        if connection.writing != calendar or connection.unwritable == calendar:
            return None
        return msgspec.structs.replace(connection, unwritable=calendar)

    await change_connection(services.store, workspace, user, mark)
    log.warning("calendar-closed", user=user)
