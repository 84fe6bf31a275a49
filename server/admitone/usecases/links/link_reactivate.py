"""Make a link usable again that was revoked, or whose bookings are all cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.budgets import BOOKINGS_OF_LINK
from admitone.domain.errors import LinkHasBooking, NotFound
from admitone.store.codes import Code
from admitone.store.records.links import reactivate_link as write_reactivation
from admitone.texts.message import message
from admitone.usecases.links.link_event import link_event
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.shared.ownership import own_link
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.usecases.links.link_view import LinkView
    from admitone.usecases.shared.services import Caller, Services

USED_UP = message(
    "This link was booked %(most)s times, as often as a link can be. Make a new one.", most=BOOKINGS_OF_LINK
)


async def reactivate_link(services: Services, caller: Caller) -> LinkView:
    """Undo the revocation of the link that was read, or free it; any other link stays as it is.

    Raises NotFound, Forbidden, LinkHasBooking (one of its bookings is not cancelled, or it was booked as
    often as a link can be), Busy.
    """
    link = await own_link(caller)

    async def attempt(caller: Caller) -> Code | None:
        as_read = caller.snapshot.link
        if as_read is None:
            raise NotFound
        event = link_event("link.reactivated", services, caller, link)
        answer = await write_reactivation(services.store, caller.workspace, as_read, event)
        return None if answer.code is Code.MOVED else answer.code

    code = await settle(caller, attempt)
    if code is Code.NOT_FOUND:
        raise NotFound
    if code is Code.LINK_BOOKED:
        raise LinkHasBooking(USED_UP if len(link.bookings) >= BOOKINGS_OF_LINK else None)
    return await read_link_view(services, caller, link.id)
