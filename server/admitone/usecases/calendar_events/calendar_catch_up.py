"""The job `calendar.catch_up`: somebody saw to their Google account, so do what waited for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.google.scopes import writes_events
from admitone.store.records.google_connections import read_connection, read_connections
from admitone.store.records.index import IndexEntry, read_index
from admitone.store.records.readers import read_bookings
from admitone.store.records.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.usecases.calendar_events.calendar_jobs import run_soon, sync_timer, user_of, write_timer
from admitone.usecases.jobs.job_release import retry_waiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services

AT_ONCE = 500
DAY = 86_400
"""No booking is longer, so that what has not ended began later than this ago."""


async def catch_up_calendar(services: Services, job: Job) -> None:
    """Plan to write each booking of the user's that is to come, and those cancelled while nobody could.

    What was parked until the user sees to their account is tried again, mails too.
    """
    user = user_of(job.event)
    if user is None:
        return
    connection = await read_connection(services.store, job.workspace, user)
    if connection is not None and writes_events(connection.scopes):
        await _write_all(services, job.workspace, user)
    await retry_waiting(services, job.workspace, user)


async def start_sync(services: Services, job: Job) -> None:
    """The job `calendar.sync_start`: the setting was switched on, so read all connected calendars."""
    snapshot = await read_snapshot(services.store, job.workspace, Wanted(records=(SETTINGS,)))
    if not (await snapshot.settings()).calendar_sync:
        return
    now = services.now()
    async for users in _users(services, job.workspace):
        connections = await read_connections(services.store, job.workspace, users)
        connected = [one.user for one in connections if one is not None]
        await run_soon(services, job.workspace, [sync_timer(user, now) for user in connected])


async def _write_all(services: Services, workspace: str, user: str) -> None:
    now, store = services.now(), services.store
    after: IndexEntry | None = None
    bookings = store.keys(workspace).bookings
    while found := await read_index(
        store, bookings, after=after, limit=AT_ONCE, newest_first=False, low=now - DAY
    ):
        there = await read_bookings(store, workspace, [entry.id for entry in found])
        written = [one for one in there if one.end > now and _concerns(one, user)]
        await run_soon(services, workspace, [write_timer(one.id, now) for one in written])
        after = found[-1]
    await run_soon(services, workspace, [sync_timer(user, now)])


def _concerns(booking: Booking, user: str) -> bool:
    """Whether the user has an event of it, or should."""
    has_event = any(place.user == user for place in booking.events)
    return has_event or (booking.status in LIVE and booking.users[0] == user)


async def _users(services: Services, workspace: str) -> AsyncIterator[list[str]]:
    """The ids of the workspace's users, some at once."""
    key = services.store.keys(workspace).config_list("user")
    after: IndexEntry | None = None
    while found := await read_index(services.store, key, after=after, limit=AT_ONCE, newest_first=False):
        yield [entry.id for entry in found]
        after = found[-1]
