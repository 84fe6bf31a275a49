"""DELETE /api/v1/invitations/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.invitation_delete import delete_invitation
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import no_content
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(status=204)
async def handle(request: web.Request) -> web.Response:
    """Withdraw an invitation; its link stops working at once."""
    await delete_invitation(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()
