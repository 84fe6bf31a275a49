"""POST /api/v1/invitations"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.invitation import InvitationBody
from admitone.usecases.invitation_create import create_invitation
from admitone.usecases.invitation_view import InvitationView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(InvitationView, body=InvitationBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Invite somebody by mail; an earlier invitation of the same address stops working."""
    body = await read_json(request, InvitationBody)
    return respond_json(await create_invitation(request.app[SERVICES], request[CALLER], body), 201)
