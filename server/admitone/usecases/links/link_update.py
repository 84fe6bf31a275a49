"""Change when a link expires, its note, or what cancelling its booking does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UnsetType

from admitone.domain.errors import NotFound
from admitone.domain.links.link import expiry, note_problems
from admitone.store.codes import Code
from admitone.store.records.links import update_link as write_update
from admitone.usecases.links.link_event import link_event
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.ownership import own_link
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.links.link import LinkPatch
    from admitone.usecases.links.link_view import LinkView
    from admitone.usecases.shared.services import Caller, Services


async def update_link(services: Services, caller: Caller, patch: LinkPatch) -> LinkView:
    """Change the link that was read.

    `expires_in_days` counts from now; null means that the link never expires. An `on_cancel` of null means
    the workspace's setting.

    Raises NotFound, Forbidden, Invalid, Busy.
    """
    link = await own_link(caller)
    values: dict[str, Any] = {}
    if not isinstance(patch.expires_in_days, UnsetType):
        values["expires"] = expiry(patch.expires_in_days, services.now())
    if not isinstance(patch.note, UnsetType):
        refuse(note_problems("note", patch.note))
        values["note"] = patch.note or None
    if not isinstance(patch.on_cancel, UnsetType):
        values["on_cancel"] = patch.on_cancel or (await caller.snapshot.settings()).on_cancel
    if values:
        event = link_event("link.updated", services, caller, link)

        async def attempt(caller: Caller) -> Code | None:
            if caller.snapshot.link is None:
                raise NotFound
            answer = await write_update(services.store, caller.workspace, caller.snapshot.link, event, values)
            return None if answer.code is Code.MOVED else answer.code

        if await settle(caller, attempt) is Code.NOT_FOUND:
            raise NotFound
    return await read_link_view(services, caller, link.id)
