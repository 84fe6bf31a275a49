"""The Google grant of a user, and marking it as revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.google.api import GoogleGrant
from admitone.sealing import UnsealError
from admitone.store.records.credentials.google_connections import (
    change_connection,
    open_refresh_token,
    read_connection,
)

if TYPE_CHECKING:
    from admitone.store.records.credentials.google_connections import Connection
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()


async def grant_of(services: Services, workspace: str, user: str) -> GoogleGrant | None:
    """The user's grant; None if Google is not connected, or must be reconnected."""
    connection = await read_connection(services.store, workspace, user)
    return None if connection is None else usable_grant(services, workspace, connection)


def usable_grant(services: Services, workspace: str, connection: Connection) -> GoogleGrant | None:
    """The grant of a connection; None if the user must reconnect Google."""
    if connection.needs_reconnect:
        return None
    try:
        token = open_refresh_token(services.store, workspace, connection)
    except UnsealError:  # sealed with a key that this server does not have
        log.error("refresh-token-sealed", user=connection.user)
        return None
    return GoogleGrant(token, frozenset(connection.scopes))


def is_usable(services: Services, workspace: str, connection: Connection) -> bool:
    """Whether jobs of this user can run: the grant is usable, and the chosen calendar can be written to."""
    has_calendar = connection.unwritable != connection.writing
    return has_calendar and usable_grant(services, workspace, connection) is not None


async def mark_revoked(
    services: Services, workspace: str, user: str, grant: GoogleGrant | None = None
) -> None:
    """Note that Google no longer accepts the user's grant; the user is asked to reconnect Google.

    With `grant`, the one that Google refused, nothing is noted if the user has reconnected since.
    """

    is_news = False

    def mark(connection: Connection) -> Connection | None:
        nonlocal is_news
        is_news = False
        if connection.needs_reconnect:
            return None
        if grant is not None and usable_grant(services, workspace, connection) != grant:
            return None
        is_news = True
        return msgspec.structs.replace(connection, needs_reconnect=True)

    await change_connection(services.store, workspace, user, mark)
    services.google_counts["revoked"] += is_news
    log.warning("google-grant-revoked", user=user)
