"""POST /api/v1/webhooks/{id}/test"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.webhook_try import TriedMessage, try_webhook
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(TriedMessage)
async def handle(request: web.Request) -> web.Response:
    """Send a webhook’s endpoint a message for trying it out, once."""
    answer = await try_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)
