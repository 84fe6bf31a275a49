"""Change when a link expires, its note, or what cancelling its booking does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UnsetType

from admitone.domain.errors import Invalid, NotFound
from admitone.domain.event import Event
from admitone.domain.links.link import expiry, note_problems
from admitone.store.codes import Code
from admitone.store.records.links import update_link as write_update
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.ownership import own_link

if TYPE_CHECKING:
    from admitone.domain.links.link import LinkPatch
    from admitone.usecases.links.link_view import LinkView
    from admitone.usecases.shared.services import Caller, Services


async def update_link(services: Services, caller: Caller, patch: LinkPatch) -> LinkView:
    """Change the link that was read; `expires_in_days` counts from now, and None is never.

    Without its own `on_cancel` it has the workspace's.

    Raises NotFound, Forbidden, Invalid.
    """
    snapshot, now = caller.snapshot, services.now()
    target = await read_target(snapshot, snapshot.link.page) if snapshot.link else None
    link = own_link(caller, target)
    values: dict[str, Any] = {}
    if not isinstance(patch.expires_in_days, UnsetType):
        values["expires"] = expiry(patch.expires_in_days, now)
    if not isinstance(patch.note, UnsetType):
        if problems := note_problems("note", patch.note):
            raise Invalid(*problems)
        values["note"] = patch.note or None
    if not isinstance(patch.on_cancel, UnsetType):
        values["on_cancel"] = patch.on_cancel or (await snapshot.settings()).on_cancel
    if values:
        event = Event(type="link.updated", at=now, by=caller.user.id, link=link.id, page=link.page)
        answer = await write_update(services.store, caller.workspace, link.id, event, values)
        if answer.code is Code.NOT_FOUND:
            raise NotFound
    return await read_link_view(services, snapshot, link.id)
