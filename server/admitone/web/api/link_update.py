"""PATCH /api/v1/links/{link}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.link import LinkPatch
from admitone.usecases.link_update import update_link
from admitone.usecases.link_view import LinkView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(LinkView, body=LinkPatch)
async def handle(request: web.Request) -> web.Response:
    """Change when a link expires, its note, what cancelling does."""
    patch = await read_json(request, LinkPatch)
    answer = await update_link(request.app[SERVICES], request[CALLER], patch)
    return respond_json(answer)
