"""POST /api/v1/links/{link}/reactivate"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_reactivate import reactivate_link
from admitone.usecases.link_view import LinkView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import refuse_fields, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(LinkView)
async def handle(request: web.Request) -> web.Response:
    """Lift a revocation, or free a link whose bookings are all cancelled."""
    await refuse_fields(request)
    answer = await reactivate_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)
