"""The page of an invitation: `/invite/TOKEN`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.accounts.invitation_accept import show_invitation
from admitone.web.http.appkeys import CONFIG, SERVICES
from admitone.web.http.html import respond_page

if TYPE_CHECKING:
    from aiohttp import web


async def show(request: web.Request) -> web.Response:
    """Show who is invited to which workspace; looking does not accept the invitation."""
    token = request.match_info["token"]
    invited = await show_invitation(request.app[SERVICES], token)
    can_sign_in = request.app[CONFIG].google_client_id is not None
    context = {
        "workspace": invited.workspace,
        "email": invited.email,
        "start": f"/auth/google/start?invitation={token}" if can_sign_in else None,
    }
    return respond_page(request, "dashboard/invitation.html", context)
