"""Send the mails that waited, once something sends their host's mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.google.scopes import sends_mail
from admitone.store.records.mail.waiting_mails import read_waiting, release_waiting
from admitone.usecases.shared.google_connection import google_connection
from admitone.usecases.shared.google_grant import usable_grant
from admitone.usecases.shared.index_walk import walk_index

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


async def sends_now(services: Services, workspace: str, host: str) -> bool:
    """Whether the server, or the host's Gmail, sends this host's mails now."""
    if services.mail.transport is not None:
        return True
    connection = await google_connection(services, workspace, host, sends_mail)
    return connection is not None and usable_grant(services, workspace, connection) is not None


async def release_waiting_mails(services: Services, workspace: str, host: str) -> int:
    """Put in the jobs of this host's mails that still serve, each once, and forget the others.

    Each job looks at its booking again, so that it sends what is true then. Returns the number of jobs.
    """
    index, now = services.store.keys(workspace).waiting_of(host), services.now()
    await _release(services, workspace, host, index, high=now, again=False)
    return await _release(services, workspace, host, index, low=f"({now}", again=True)


async def _release(
    services: Services,
    workspace: str,
    host: str,
    index: str,
    *,
    again: bool,
    low: int | str = "-inf",
    high: int | str = "+inf",
) -> int:
    released = 0
    async for subjects in walk_index(services.store, index, low=low, high=high):
        for found in await read_waiting(services.store, workspace, subjects):
            if found.host == host:  # else another host took the booking over, and sends the mail
                released += await release_waiting(services.store, workspace, found, again=again)
    return released
