"""GET /api/v1/links/{link}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_read import read_link
from admitone.usecases.link_view import LinkView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(LinkView)
async def handle(request: web.Request) -> web.Response:
    """Show a link with its timeline."""
    answer = await read_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)
