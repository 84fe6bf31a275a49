"""PATCH /api/v1/users/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.breaking_links import Confirmation
from admitone.usecases.user_update import update_user
from admitone.usecases.user_view import UserBody, UserView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, query, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(UserView, patch=UserBody, query=Confirmation)
async def handle(request: web.Request) -> web.Response:
    """Change a user's role, deactivate them or activate them again, by a merge patch (RFC 7396)."""
    patch, confirm = await read_patch(request), query(request, Confirmation).confirm
    services, user = request.app[SERVICES], request.match_info["id"]
    return respond_json(await update_user(services, request[CALLER], user, patch, convert, confirm=confirm))
