"""POST /dashboard/settings/invitations"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.domain.invitation import InvitationBody
from admitone.usecases.invitation_create import create_invitation
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.users import show_users

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Invite somebody."""
    form = await read_form(request)
    values = {"email": form.text("email"), "role": form.text("role")}
    try:
        body = convert(values, InvitationBody)
        await create_invitation(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_users(request, values=values, errors=by_field(refusal))
    return lead_to("/dashboard/settings/users", said="invited")
