"""Note that a person opened a link: they moved, touched or typed on its page, which scanners do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event import Event
from admitone.store.codes import Code
from admitone.store.records.links import open_link as write_opening
from admitone.usecases.links.visit import reopened
from admitone.usecases.shared.settle import settle_from

if TYPE_CHECKING:
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services


async def open_link(services: Services, visit: Visit) -> None:
    """Note the first opening of the visit's link; a general link has no note.

    Raises LinkBooked and the other refusals of a link's state, as every call on a code does; Busy.
    """
    visit.offered(services.now())

    async def attempt(visit: Visit) -> bool | None:
        now, link = services.now(), visit.link
        if link is None or link.opened_at is not None:
            return True
        event = Event(type="link.opened", at=now, by="customer", link=link.id, page=link.page)
        answer = await write_opening(services.store, visit.snapshot.workspace, link, event, now)
        return None if answer.code is Code.MOVED else True

    await settle_from(visit, attempt, reread=reopened)
