"""Withdraw a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LinkHasBooking, NotFound
from admitone.domain.event import Event
from admitone.store.codes import Code
from admitone.store.records.links import revoke_link as write_revocation
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.ownership import own_link

if TYPE_CHECKING:
    from admitone.usecases.links.link_view import LinkView
    from admitone.usecases.shared.services import Caller, Services


async def revoke_link(services: Services, caller: Caller) -> LinkView:
    """Withdraw the link that was read; one that is revoked already, or has expired, stays as it is.

    Raises NotFound, Forbidden, LinkHasBooking.
    """
    snapshot, now = caller.snapshot, services.now()
    target = await read_target(snapshot, snapshot.link.page) if snapshot.link else None
    link = own_link(caller, target)
    event = Event(type="link.revoked", at=now, by=caller.user.id, link=link.id, page=link.page)
    answer = await write_revocation(services.store, caller.workspace, link.id, event, now)
    if answer.code is Code.NOT_FOUND:
        raise NotFound
    if answer.code is Code.LINK_BOOKED:
        raise LinkHasBooking
    return await read_link_view(services, snapshot, link.id)
