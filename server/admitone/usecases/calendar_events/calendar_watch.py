"""The job `calendar.watch`: let Google notify us of changes in a user's calendars, and renew that in time.

https://developers.google.com/workspace/calendar/api/guides/push
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from admitone.domain.jobs.job import JobDelayed, JobNotDue, Timer
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked
from admitone.google.scopes import writes_events
from admitone.sealing import Carried
from admitone.store.records.credentials.google_connections import Watch, change_connection
from admitone.texts.message import message
from admitone.usecases.calendar_events.calendar_timers import USER, run_soon, user_of
from admitone.usecases.shared.google_connection import google_connection
from admitone.usecases.shared.google_grant import mark_revoked, usable_grant

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.google.api import GoogleGrant, Request
    from admitone.store.records.credentials.google_connections import Connection
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()

DAY = 86_400
TTL = 7 * DAY
"""Lifetime of a channel that we ask for, in seconds; Google may give less."""
MARGIN = DAY
"""Seconds before its end at which a channel is replaced. Until then both notify, which does no harm."""
HOOK = "/hooks/google/calendar"


def watch_timer(user: str, at: int) -> Timer:
    """Open, renew and close the channels of a user's calendars."""
    return Timer("calendar.watch", "record", USER + user, at)


async def watch_soon(services: Services, workspace: str, user: str) -> None:
    """The user connected Google or chose other calendars: put in the job that opens channels."""
    if services.hooks_url is not None:
        await run_soon(services, workspace, [watch_timer(user, services.now())])


async def watch_calendars(services: Services, job: Job) -> None:
    """Open the channels that are missing, and close those that are not needed any more.

    Raises JobNotDue (the job is its own successor while the user is connected), JobDelayed.
    """
    user, workspace = user_of(job.event), job.workspace
    if user is None or services.google is None or services.hooks_url is None:
        return
    connection = await google_connection(services, workspace, user, writes_events)
    grant = usable_grant(services, workspace, connection) if connection else None
    if connection is None or grant is None:
        return
    wanted = dict.fromkeys((*connection.blocking, connection.writing))
    late = services.now() + MARGIN
    try:
        for calendar in wanted:
            there = connection.watches.get(calendar)
            if there is None or there.until <= late:
                await _open(services, workspace, connection, grant, calendar)
        unwanted = connection.watches.keys() - wanted
        await close_channels(services, grant, [connection.watches[calendar] for calendar in unwanted])
    except GrantRevoked:
        await mark_revoked(services, workspace, user, grant)
        return
    except GoogleUnreachable as failure:
        raise JobDelayed(message("Google did not answer: %(reason)s.", reason=failure.reason)) from None
    left = await change_connection(
        services.store,
        workspace,
        user,
        lambda there: _changed(
            there, {name: watch for name, watch in there.watches.items() if name in wanted}
        ),
    )
    ends = [watch.until for watch in left.watches.values()] if left else []
    # Google refuses to watch some calendars, such as those of holidays: they are tried again tomorrow.
    raise JobNotDue(max(min(ends, default=0) - MARGIN, services.now() + DAY))


async def close_channels(services: Services, grant: GoogleGrant, watches: list[Watch]) -> None:
    """Close channels; one that Google does not know counts as closed.

    Raises GoogleUnreachable, GrantRevoked.
    """
    assert services.google is not None
    for watch in watches:
        try:
            await services.google.call(grant, "calendar", _stopping(watch))
        except GoogleRefused as refusal:
            log.info("channel-not-closed", reason=refusal.reason)


def _stopping(watch: Watch) -> Request:
    body = {"id": watch.id, "resourceId": watch.resource}
    return lambda calendar: calendar.channels().stop(body=body)


async def _open(
    services: Services, workspace: str, connection: Connection, grant: GoogleGrant, calendar: str
) -> None:
    """Open a channel and store it. If storing fails, the channel still notifies until it ends."""
    assert services.google is not None
    channel = secrets.token_hex(16)
    place = f"{workspace}:{connection.user}".encode()
    body = {
        "id": channel,
        "type": "web_hook",
        "address": f"{services.hooks_url}{HOOK}",
        "token": services.store.sealer.seal(Carried.GOOGLE_CHANNEL, channel, place),
        "params": {"ttl": str(TTL)},
    }
    try:
        answer: Any = await services.google.call(
            grant, "calendar", lambda api: api.events().watch(calendarId=calendar, body=body)
        )
    except GoogleRefused as refusal:
        log.warning("calendar-not-watched", reason=refusal.reason, status=refusal.status)
        return
    watch = Watch(channel, answer["resourceId"], int(answer["expiration"]) // 1000)
    await change_connection(
        services.store,
        workspace,
        connection.user,
        lambda there: _changed(there, {**there.watches, calendar: watch}),
    )


def _changed(connection: Connection, watches: dict[str, Watch]) -> Connection | None:
    if watches == connection.watches:
        return None
    return msgspec.structs.replace(connection, watches=watches)
