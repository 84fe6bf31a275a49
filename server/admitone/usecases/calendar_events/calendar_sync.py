"""The job `calendar.sync`: bookings follow the changes that hosts make to events in Google Calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.bookings.booking import LIVE
from admitone.domain.calendar.calendar_event import booking_of, event_id
from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.domain.jobs.job import JobDelayed, JobNotDue
from admitone.google.calendar import NOT_FOUND, GoogleCalendar, GoogleEvent
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked
from admitone.google.scopes import writes_events
from admitone.store.records.bookings import note_event
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.credentials.google_connections import change_connection
from admitone.store.records.readers import read_bookings, read_occupied
from admitone.usecases.calendar_events.calendar_follow import follow_deletion, follow_move
from admitone.usecases.calendar_events.calendar_timers import user_of
from admitone.usecases.calendar_events.calendar_unwritable import mark_unwritable
from admitone.usecases.shared.google_connection import google_connection
from admitone.usecases.shared.google_grant import mark_revoked, usable_grant

if TYPE_CHECKING:
    from collections.abc import Container

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.jobs.job import Job
    from admitone.store.records.credentials.google_connections import Connection
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()
SOON = 5
"""Seconds until a calendar is read again if a change in it could not be followed."""
ALWAYS = 1 << 40


async def sync_calendar(services: Services, job: Job) -> None:
    """Read the changes and apply them to the bookings; again after a while, until the setting is off.

    Raises JobNotDue: the job is its own successor, whatever Google answers. Only a revoked grant ends it;
    reconnecting starts it again.
    """
    user, workspace = user_of(job.event), job.workspace
    snapshot = await read_snapshot(services.store, workspace, Wanted(records=(SETTINGS,)))
    if user is None or services.google is None or not (await snapshot.settings()).calendar_sync:
        return
    connection = await google_connection(services, workspace, user, writes_events)
    grant = usable_grant(services, workspace, connection) if connection else None
    if connection is None or grant is None:
        return
    wait = services.calendar_sync_seconds
    calendar = GoogleCalendar(services.google, grant, connection.writing)
    try:
        await _sync(services, workspace, connection, calendar)
    except GrantRevoked:
        await mark_revoked(services, workspace, user, grant)
        return
    except GoogleUnreachable as failure:
        log.warning("calendar-sync-failed", reason=failure.reason)
    except GoogleRefused as refusal:
        log.warning("calendar-sync-failed", reason=refusal.reason, status=refusal.status)
        if refusal.status == NOT_FOUND:
            await mark_unwritable(services, workspace, user, connection.writing)
        wait = max(wait, refusal.retry_after or 0)
    except (JobDelayed, Busy, OutcomeUnknown) as failure:
        log.warning("calendar-sync-failed", reason=str(failure))
        wait = SOON
    raise JobNotDue(services.now() + wait)


async def _sync(services: Services, workspace: str, connection: Connection, calendar: GoogleCalendar) -> None:
    """Follow all changes, then store the sync token: a crash in between reads them again."""
    since = connection.sync_token
    changes = await calendar.changes(since, services.now())
    if changes is None:
        since, changes = None, await calendar.changes(None, services.now())
    assert changes is not None
    events = {event.id: event for event in changes.events if booking_of(event.id)}
    if since is None:
        events |= await _unlisted(services, workspace, connection, calendar, events.keys())
    for event in events.values():
        await _follow(services, workspace, connection, event)

    def read_so_far(there: Connection) -> Connection | None:
        if (there.writing, there.refresh_token) != (connection.writing, connection.refresh_token):
            return None
        return msgspec.structs.replace(there, sync_token=changes.token)

    await change_connection(services.store, workspace, connection.user, read_so_far)


async def _unlisted(
    services: Services,
    workspace: str,
    connection: Connection,
    calendar: GoogleCalendar,
    listed: Container[str],
) -> dict[str, GoogleEvent]:
    """Events of the user's bookings that a list of future events lacks: moved to the past, or deleted."""
    occupied = await read_occupied(services.store, workspace, [(connection.user, services.now(), ALWAYS)])
    [times] = occupied.times
    bookings = await read_bookings(services.store, workspace, [time.booking for time in times])
    found = {}
    for booking in bookings:
        name = event_id(booking.id, booking.assignment)
        if name not in listed and _is_here(booking, connection) and booking.event and booking.event.etag:
            found[name] = await calendar.get(name) or GoogleEvent(id=name, status="cancelled")
    return found


async def _follow(services: Services, workspace: str, connection: Connection, event: GoogleEvent) -> None:
    """Apply an event's change to its booking, unless we made the change or are about to write the event.

    An event that we wrote names the booking's SEQUENCE. If it names an earlier one, `calendar.write` is still
    to come and overwrites what a person changed. So our own writes never cause another write.
    """
    named = booking_of(event.id)
    assert named is not None
    bookings = await read_bookings(services.store, workspace, [named[0]])
    if not bookings:
        return
    [booking] = bookings
    if booking.assignment != named[1] or booking.status not in LIVE or not _is_here(booking, connection):
        return
    if event.is_cancelled:
        await follow_deletion(services, workspace, booking)
    elif event.shows == booking.sequence:
        start = event.times[0]
        follows = start == booking.start or await follow_move(services, workspace, booking, start)
        if not follows or (start == booking.start and booking.conflict is not None):
            await _note_conflict(services, workspace, booking, event, None if follows else start)


async def _note_conflict(
    services: Services, workspace: str, booking: Booking, event: GoogleEvent, conflict: int | None
) -> None:
    """Note a conflict: where the event is now; None ends the conflict."""
    assert booking.event is not None
    place = msgspec.structs.replace(booking.event, etag=event.etag)
    await note_event(services.store, workspace, booking, place, conflict)


def _is_here(booking: Booking, connection: Connection) -> bool:
    """Whether the booking's event is in the calendar that is being read."""
    place = booking.event
    return place is not None and (place.user, place.calendar) == (connection.user, connection.writing)
