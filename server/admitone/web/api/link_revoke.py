"""POST /api/v1/links/{link}/revoke"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_revoke import revoke_link
from admitone.usecases.link_view import LinkView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import refuse_fields, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(LinkView)
async def handle(request: web.Request) -> web.Response:
    """Withdraw a link."""
    await refuse_fields(request)
    answer = await revoke_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)
