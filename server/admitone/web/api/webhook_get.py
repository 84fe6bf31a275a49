"""GET /api/v1/webhooks/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.webhook_read import show_webhook
from admitone.usecases.webhook_view import WebhookView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(WebhookView)
async def handle(request: web.Request) -> web.Response:
    """Show a webhook."""
    answer = await show_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)
