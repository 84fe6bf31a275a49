"""GET /api/v1/invitations"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery
from admitone.usecases.invitation_list import list_invitations
from admitone.usecases.invitation_view import InvitationView
from admitone.usecases.listing import Page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[InvitationView], query=ListQuery)
async def handle(request: web.Request) -> web.Response:
    """List the invitations that were neither accepted nor withdrawn."""
    answer = await list_invitations(request.app[SERVICES], request[CALLER], query(request, ListQuery))
    return respond_json(answer)
