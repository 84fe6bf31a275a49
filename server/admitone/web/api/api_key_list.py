"""GET /api/v1/api-keys"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.api_key_list import list_api_keys
from admitone.usecases.api_key_view import ApiKeyView
from admitone.usecases.config_list import ListQuery
from admitone.usecases.listing import Page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[ApiKeyView], query=ListQuery)
async def handle(request: web.Request) -> web.Response:
    """List API keys: an administrator all of the workspace, a member their own."""
    answer = await list_api_keys(request.app[SERVICES], request[CALLER], query(request, ListQuery))
    return respond_json(answer)
