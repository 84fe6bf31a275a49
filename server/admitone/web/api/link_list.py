"""GET /api/v1/links"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_list import LinkQuery, list_links
from admitone.usecases.link_view import LinkView
from admitone.usecases.listing import Page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[LinkView], query=LinkQuery)
async def handle(request: web.Request) -> web.Response:
    """List links, newest first."""
    answer = await list_links(request.app[SERVICES], request[CALLER], query(request, LinkQuery))
    return respond_json(answer)
