"""PATCH /api/v1/webhooks/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.webhook import WebhookBody
from admitone.usecases.webhook_update import update_webhook
from admitone.usecases.webhook_view import WebhookView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(WebhookView, patch=WebhookBody)
async def handle(request: web.Request) -> web.Response:
    """Change a webhook by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    answer = await update_webhook(
        request.app[SERVICES], request[CALLER], request.match_info["id"], patch, convert
    )
    return respond_json(answer)
