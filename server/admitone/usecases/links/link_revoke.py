"""Revoke a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LinkHasBooking, NotFound
from admitone.store.codes import Code
from admitone.store.records.links import revoke_link as write_revocation
from admitone.usecases.links.link_event import link_event
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.shared.ownership import own_link

if TYPE_CHECKING:
    from admitone.usecases.links.link_view import LinkView
    from admitone.usecases.shared.services import Caller, Services


async def revoke_link(services: Services, caller: Caller) -> LinkView:
    """Revoke the link that was read; a link that is revoked already, or has expired, stays as it is.

    Raises NotFound, Forbidden, LinkHasBooking.
    """
    link = await own_link(caller)
    event = link_event("link.revoked", services, caller, link)
    answer = await write_revocation(services.store, caller.workspace, link.id, event, services.now())
    if answer.code is Code.NOT_FOUND:
        raise NotFound
    if answer.code is Code.LINK_BOOKED:
        raise LinkHasBooking
    return await read_link_view(services, caller, link.id)
