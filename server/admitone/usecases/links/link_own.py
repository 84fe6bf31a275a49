"""Which links a caller may change: administrators all, members their own and those of their own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Forbidden, NotFound
from admitone.domain.event import Event
from admitone.usecases.pages.target_read import read_target

if TYPE_CHECKING:
    from typing import Literal

    from admitone.domain.links.link import Link
    from admitone.usecases.shared.services import Caller, Services


async def own_link(caller: Caller) -> Link:
    """The link that was read, if the caller may change it; raises NotFound, Forbidden."""
    link = caller.snapshot.link
    if link is None:
        raise NotFound
    if caller.is_administrator or link.created_by == caller.user.id:
        return link
    target = await read_target(caller.snapshot, link.page)
    if target is None or target.owner is None or target.owner.id != caller.user.id:
        raise Forbidden
    return link


def link_event(
    type_: Literal["link.revoked", "link.reactivated", "link.updated"],
    services: Services,
    caller: Caller,
    link: Link,
) -> Event:
    """The event of what the caller does to a link."""
    return Event(type=type_, at=services.now(), by=caller.user.id, link=link.id, page=link.page)
