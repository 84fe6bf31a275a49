"""Revoke or extend many links at once: each by itself, so that one that cannot be changed stops no other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import LinkHasBooking, Refusal
from admitone.domain.links.link import LinkState
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.texts.message import message
from admitone.usecases.links.link_revoke import revoke_link
from admitone.usecases.links.link_update import update_link

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from admitone.domain.links.link import LinkPatch
    from admitone.usecases.shared.services import Caller, Services

EXPIRED = message("It has expired, so nobody can book with it.")
REVOKED = message("It was revoked. Reactivate it first.")


class ChangedLink(msgspec.Struct, frozen=True):
    """What became of one link: its id, and why it was left as it is, None if it is as it was asked for."""

    id: str
    why_not: str | None


async def revoke_links(services: Services, caller: Caller, ids: Sequence[str]) -> list[ChangedLink]:
    """Revoke each of the links; those that were revoked before count as revoked."""

    async def revoke(caller: Caller) -> str | None:
        view = await revoke_link(services, caller)
        return None if view.status == LinkState.REVOKED else EXPIRED

    return await _change_each(services, caller, ids, revoke)


async def extend_links(
    services: Services, caller: Caller, ids: Sequence[str], patch: LinkPatch
) -> list[ChangedLink]:
    """Give each of the links the expiry of the patch; booked and revoked ones stay as they are."""

    async def extend(caller: Caller) -> str | None:
        link = caller.snapshot.link
        if link is not None and link.booked:
            return LinkHasBooking.sentence
        if link is not None and link.revoked_at is not None:
            return REVOKED
        await update_link(services, caller, patch)
        return None

    return await _change_each(services, caller, ids, extend)


async def _change_each(
    services: Services,
    caller: Caller,
    ids: Sequence[str],
    change: Callable[[Caller], Awaitable[str | None]],
) -> list[ChangedLink]:
    """What `change` makes of each link. They go out together: many links take as many trips as one."""

    async def one(link: str) -> ChangedLink:
        snapshot = await read_snapshot(services.store, caller.workspace, Wanted(link=link))
        try:
            return ChangedLink(link, await change(msgspec.structs.replace(caller, snapshot=snapshot)))
        except Refusal as refusal:
            return ChangedLink(link, refusal.detail)

    return await asyncio.gather(*(one(link) for link in dict.fromkeys(ids)))
