"""Invitations: `/api/v1/invitations`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.invitation import InvitationBody
from admitone.usecases.accounts.invitation_create import create_invitation
from admitone.usecases.accounts.invitations import InvitationView, delete_invitation, list_invitations
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, query, read_json, respond_created, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("invitation_list", Listing[InvitationView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the invitations that were neither accepted nor withdrawn."""
    answer = await list_invitations(request.app[SERVICES], request[CALLER], query(request, ListQuery))
    return respond_json(answer)


@operation("invitation_create", InvitationView, body=InvitationBody, status=201)
async def create(request: web.Request) -> web.Response:
    """Invite somebody by mail; an earlier invitation of the same address stops working."""
    body = await read_json(request, InvitationBody)
    answer = await create_invitation(request.app[SERVICES], request[CALLER], body)
    return respond_created(answer, f"{request.path}/{answer.id}")


@operation("invitation_delete", status=204)
async def delete(request: web.Request) -> web.Response:
    """Withdraw an invitation; its link stops working at once."""
    await delete_invitation(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()
