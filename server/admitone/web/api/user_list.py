"""GET /api/v1/users"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery
from admitone.usecases.listing import Page
from admitone.usecases.user_page import page_users
from admitone.usecases.user_view import UserView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[UserView], query=ListQuery)
async def handle(request: web.Request) -> web.Response:
    """List the users of the workspace, those who were deactivated too."""
    answer = await page_users(request.app[SERVICES], request[CALLER], query(request, ListQuery))
    return respond_json(answer)
