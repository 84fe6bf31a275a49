"""List invitations, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery, list_config
from admitone.usecases.invitation_view import InvitationView, view_invitation
from admitone.usecases.listing import Page

if TYPE_CHECKING:
    from admitone.usecases.services import Caller, Services


async def list_invitations(services: Services, caller: Caller, query: ListQuery) -> Page[InvitationView]:
    """One page of those that were neither accepted nor withdrawn; raises Invalid for a bad cursor."""
    found = await list_config(services, caller, "invitation", query)
    views = [view_invitation(services, caller.workspace, invitation) for invitation in found.items]
    return Page(views, found.next_cursor)
