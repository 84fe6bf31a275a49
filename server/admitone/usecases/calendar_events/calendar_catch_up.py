"""The job `calendar.catch_up`: the user reconnected Google or chose a calendar; do what waited for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.google.scopes import writes_events
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.credentials.google_connections import read_connection, read_connections
from admitone.store.records.readers import read_bookings
from admitone.usecases.calendar_events.calendar_timers import run_soon, sync_timer, user_of, write_timer
from admitone.usecases.jobs.job_release import retry_waiting
from admitone.usecases.shared.index_walk import walk_index
from admitone.usecases.shared.waiting_mails import release_waiting_mails, sends_now

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services

DAY = 86_400
"""Seconds. No booking is longer, so a booking that has not ended started less than this ago."""


async def catch_up_calendar(services: Services, job: Job) -> None:
    """Write the user's future bookings, and cancel the events of bookings that were cancelled meanwhile.

    Jobs that were parked until the user reconnects are tried again, mails too. If something sends the user's
    mails now, those that waited for it go out.
    """
    user = user_of(job.event)
    if user is None:
        return
    connection = await read_connection(services.store, job.workspace, user)
    if connection is not None and writes_events(connection.scopes):
        await _write_all(services, job.workspace, user)
    await retry_waiting(services, job.workspace, user)
    if await sends_now(services, job.workspace, user):
        await release_waiting_mails(services, job.workspace, user)


async def start_sync(services: Services, job: Job) -> None:
    """The job `calendar.sync_start`: the setting was switched on; read all connected calendars."""
    snapshot = await read_snapshot(services.store, job.workspace, Wanted(records=(SETTINGS,)))
    if not (await snapshot.settings()).calendar_sync:
        return
    store, now = services.store, services.now()
    async for users in walk_index(store, store.keys(job.workspace).config_list("user")):
        connections = await read_connections(store, job.workspace, users)
        connected = [one.user for one in connections if one is not None]
        await run_soon(services, job.workspace, [sync_timer(user, now) for user in connected])


async def _write_all(services: Services, workspace: str, user: str) -> None:
    now, store = services.now(), services.store
    async for found in walk_index(store, store.keys(workspace).bookings, low=now - DAY):
        bookings = await read_bookings(store, workspace, found)
        written = [one for one in bookings if one.end > now and _concerns(one, user)]
        await run_soon(services, workspace, [write_timer(one.id, now) for one in written])
    await run_soon(services, workspace, [sync_timer(user, now)])


def _concerns(booking: Booking, user: str) -> bool:
    """Whether the user has, or should have, an event of this booking."""
    has_event = any(place.user == user for place in booking.events)
    return has_event or (booking.status in LIVE and booking.users[0] == user)
