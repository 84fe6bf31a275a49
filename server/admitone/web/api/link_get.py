"""GET /api/v1/links/{link}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_read import read_link
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show a link with its timeline."""
    answer = await read_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)
