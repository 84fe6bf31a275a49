"""POST /api/v1/webhooks"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.webhook import WebhookBody
from admitone.usecases.webhook_create import create_webhook
from admitone.usecases.webhook_view import NewWebhookView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(NewWebhookView, body=WebhookBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Make a webhook; this answer alone shows its secret."""
    body = await read_json(request, WebhookBody)
    return respond_json(await create_webhook(request.app[SERVICES], request[CALLER], body), 201)
