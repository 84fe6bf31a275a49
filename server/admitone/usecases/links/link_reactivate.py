"""Let a link be used again that was withdrawn, or whose bookings are all cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LinkHasBooking, NotFound
from admitone.domain.event import Event
from admitone.store.codes import Code
from admitone.store.records.links import reactivate_link as write_reactivation
from admitone.store.records.readers import read_links
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.ownership import own_link
from admitone.usecases.shared.services import settle

if TYPE_CHECKING:
    from admitone.usecases.links.link_view import LinkView
    from admitone.usecases.shared.services import Caller, Services


async def reactivate_link(services: Services, caller: Caller) -> LinkView:
    """Lift the revocation of the link that was read, or free it; one that needs neither stays as it is.

    Raises NotFound, Forbidden, LinkHasBooking (one of its bookings is not cancelled).
    """
    snapshot = caller.snapshot
    target = await read_target(snapshot, snapshot.link.page) if snapshot.link else None
    link = own_link(caller, target)

    async def attempt() -> Code | None:
        event = Event(
            type="link.reactivated", at=services.now(), by=caller.user.id, link=link.id, page=link.page
        )
        [as_read] = await read_links(services.store, caller.workspace, [link.id])
        answer = await write_reactivation(services.store, caller.workspace, as_read, event)
        return None if answer.code is Code.MOVED else answer.code

    code = await settle(attempt)
    if code is Code.NOT_FOUND:
        raise NotFound
    if code is Code.LINK_BOOKED:
        raise LinkHasBooking
    return await read_link_view(services, snapshot, link.id)
