"""GET /api/v1/webhooks"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.listing import Page
from admitone.usecases.webhook_read import list_webhooks
from admitone.usecases.webhook_view import WebhookView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[WebhookView])
async def handle(request: web.Request) -> web.Response:
    """List webhooks, oldest first; there are twenty at most."""
    return respond_json(await list_webhooks(request.app[SERVICES], request[CALLER]))
