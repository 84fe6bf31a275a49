"""The event of what a user does to a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event import Event

if TYPE_CHECKING:
    from typing import Literal

    from admitone.domain.links.link import Link
    from admitone.usecases.shared.services import Caller, Services


def link_event(
    type_: Literal["link.emailed", "link.reactivated", "link.reminded", "link.revoked", "link.updated"],
    services: Services,
    caller: Caller,
    link: Link,
) -> Event:
    """The event of what the caller does to a link."""
    return Event(type=type_, at=services.now(), by=caller.user.id, link=link.id, page=link.page)
