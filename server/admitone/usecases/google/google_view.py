"""Show what a user has connected at Google."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from admitone.google import scopes
from admitone.store.records.credentials.google_connections import Connection, read_connection

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services

CONNECT = "/auth/google/connect"


class GoogleView(msgspec.Struct, frozen=True, kw_only=True):
    """What works now; nothing works while `needs_reconnect`. `connection` is None if never connected."""

    connection: Connection | None = None
    needs_reconnect: bool = False
    needs_calendar: bool = False
    """The calendar that bookings are written to was deleted or is read-only: another must be chosen."""
    reads_busy: bool = False
    writes_events: bool = False
    sends_mail: bool = False
    reconnect_path: str = CONNECT
    """The path that asks again for everything that the user allowed before."""


async def view_google(services: Services, workspace: str, user: str) -> GoogleView:
    """The Google connection of the user."""
    connection = await read_connection(services.store, workspace, user)
    if connection is None:
        return GoogleView()
    allowed = () if connection.needs_reconnect else connection.scopes
    return GoogleView(
        connection=connection,
        needs_reconnect=connection.needs_reconnect,
        needs_calendar=not connection.needs_reconnect and connection.unwritable == connection.writing,
        reads_busy=scopes.reads_busy(allowed),
        writes_events=scopes.writes_events(allowed),
        sends_mail=scopes.sends_mail(allowed),
        reconnect_path=_reconnect_path(connection),
    )


def _reconnect_path(connection: Connection) -> str:
    services = [
        service for service, wanted in scopes.SCOPES.items() if not set(wanted).isdisjoint(connection.scopes)
    ]
    return f"{CONNECT}?{urlencode({'service': services}, doseq=True)}"
