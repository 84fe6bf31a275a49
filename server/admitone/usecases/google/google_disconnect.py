"""Disconnect a user's Google account: at Google, and here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked
from admitone.store.records.credentials.google_connections import delete_connection, read_connection
from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from admitone.usecases.calendar_events.calendar_watch import close_channels
from admitone.usecases.shared.google_connection import own_change
from admitone.usecases.shared.google_grant import usable_grant

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()


async def disconnect_google(services: Services, workspace: str, user: str, *, address: str = "") -> bool:
    """Delete the connection. True if Google ended the grant too; else the user must end it at Google.

    `address` is where the user calls from.
    """
    connection = await read_connection(services.store, workspace, user)
    if connection is None:
        return True
    grant = usable_grant(services, workspace, connection)
    is_ended = grant is None
    if grant is not None and services.google is not None:
        try:
            await close_channels(services, grant, list(connection.watches.values()))
            await services.google.revoke(grant.refresh_token)
            is_ended = True
        except GrantRevoked:
            is_ended = True
        except (GoogleRefused, GoogleUnreachable) as failure:
            log.warning("google-revocation-failed", reason=failure.reason)
    await delete_connection(services.store, workspace, user, own_change(services, user, address))
    await catch_up_soon(services, workspace, user)  # jobs that waited for the account run now
    return is_ended
