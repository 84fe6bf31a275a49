"""POST /api/v1/links"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.link import LinkBody
from admitone.usecases.link_create import create_link
from admitone.usecases.link_view import LinkView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(LinkView, body=LinkBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Create a one-time link."""
    body = await read_json(request, LinkBody)
    answer = await create_link(request.app[SERVICES], request[CALLER], body)
    return respond_json(answer, 201)
