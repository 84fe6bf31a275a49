"""POST /api/v1/links/{link}/reactivate"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_reactivate import reactivate_link
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Lift a revocation, or free a link whose bookings are all cancelled."""
    answer = await reactivate_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)
