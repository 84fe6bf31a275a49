"""The Google connection of a user, for what the user allowed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from admitone.domain.people.audit import audit_entry
from admitone.store.records.credentials.google_connections import read_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from admitone.store.records.credentials.google_connections import Connection, Note
    from admitone.usecases.shared.services import Services


async def google_connection(
    services: Services, workspace: str, user: str, allows: Callable[[Iterable[str]], bool]
) -> Connection | None:
    """The user's connection if its scopes pass `allows`, whether or not the user must reconnect.

    None if the deployment has no Google client, the user has not connected, or has allowed less.
    """
    if services.google is None:
        return None
    connection = await read_connection(services.store, workspace, user)
    return connection if connection is not None and allows(connection.scopes) else None


def own_change(services: Services, user: str, address: str) -> Note:
    """Makes the entry of the audit log when a user changes their own connection, from an IP address."""
    return partial(audit_entry, "google", user, by=user, address=address, at=services.now())
