"""POST /api/v1/links/{link}/revoke"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_revoke import revoke_link
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Withdraw a link."""
    answer = await revoke_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)
