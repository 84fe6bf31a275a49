"""POST /dashboard/settings/invitations/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.invitation_delete import delete_invitation
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Withdraw an invitation."""
    await delete_invitation(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to("/dashboard/settings/users", said="withdrawn")
