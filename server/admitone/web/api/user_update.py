"""PATCH /api/v1/users/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.user_update import update_user
from admitone.usecases.user_view import UserBody, UserView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(UserView, patch=UserBody)
async def handle(request: web.Request) -> web.Response:
    """Change a user's role, deactivate them or activate them again, by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    answer = await update_user(
        request.app[SERVICES], request[CALLER], request.match_info["id"], patch, convert
    )
    return respond_json(answer)
