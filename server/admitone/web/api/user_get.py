"""GET /api/v1/users/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.user_page import read_user
from admitone.usecases.user_view import UserView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(UserView)
async def handle(request: web.Request) -> web.Response:
    """Get one user."""
    return respond_json(await read_user(request.app[SERVICES], request[CALLER], request.match_info["id"]))
