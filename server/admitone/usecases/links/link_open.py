"""Note that a person opened a link: they moved, touched or typed on its page, which scanners do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event import Event
from admitone.store.records.links import open_link as write_opening

if TYPE_CHECKING:
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services


async def open_link(services: Services, visit: Visit) -> None:
    """Note the first opening of the visit's link; a general link has no note.

    Raises LinkBooked and the other refusals of a link's state, as every call on a code does.
    """
    now = services.now()
    visit.offered(now)
    if visit.link is not None and visit.link.opened_at is None:
        event = Event(type="link.opened", at=now, by="customer", link=visit.link.id, page=visit.link.page)
        await write_opening(services.store, visit.snapshot.workspace, visit.link.id, event, now)
