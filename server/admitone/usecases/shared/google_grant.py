"""What a user allowed us at Google, and the mark that it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.google.api import GoogleGrant
from admitone.sealing import UnsealError
from admitone.store.records.google_connections import change_connection, open_refresh_token, read_connection

if TYPE_CHECKING:
    from admitone.store.records.google_connections import Connection
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()


async def grant_of(services: Services, workspace: str, user: str) -> GoogleGrant | None:
    """The user's grant; None where Google is not connected, or must be connected anew."""
    connection = await read_connection(services.store, workspace, user)
    return None if connection is None else usable_grant(services, workspace, connection)


def usable_grant(services: Services, workspace: str, connection: Connection) -> GoogleGrant | None:
    """The grant of a connection; None where it must be connected anew."""
    if connection.needs_reconnect:
        return None
    try:
        token = open_refresh_token(services.store, workspace, connection)
    except UnsealError:  # sealed under a key that this server was not given
        log.error("refresh-token-sealed", user=connection.user)
        return None
    return GoogleGrant(token, frozenset(connection.scopes))


def is_usable(services: Services, workspace: str, connection: Connection) -> bool:
    """Whether nothing that waits for this user has to wait: the grant holds, and bookings can be written."""
    has_calendar = connection.unwritable != connection.writing
    return has_calendar and usable_grant(services, workspace, connection) is not None


async def mark_revoked(
    services: Services, workspace: str, user: str, grant: GoogleGrant | None = None
) -> None:
    """Note that Google does not take the user's grant any more, so that they are asked to reconnect.

    With the `grant` that was refused, nothing happens where the user has connected anew in the meantime.
    """

    def mark(connection: Connection) -> Connection | None:
        if connection.needs_reconnect:
            return None
        if grant is not None and usable_grant(services, workspace, connection) != grant:
            return None
        return msgspec.structs.replace(connection, needs_reconnect=True)

    await change_connection(services.store, workspace, user, mark)
    log.warning("google-grant-revoked", user=user)
