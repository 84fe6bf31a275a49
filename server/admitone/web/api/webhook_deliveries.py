"""GET /api/v1/webhooks/{id}/deliveries"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.listing import Page
from admitone.usecases.webhook_read import list_deliveries
from admitone.usecases.webhook_view import DeliveryView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[DeliveryView])
async def handle(request: web.Request) -> web.Response:
    """List the last attempts to deliver to a webhook, newest first."""
    answer = await list_deliveries(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)
