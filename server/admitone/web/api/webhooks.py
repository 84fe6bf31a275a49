"""Webhooks: `/api/v1/webhooks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import WouldBreakWorkflows
from admitone.domain.webhooks.webhook import WebhookBody
from admitone.usecases.pages.breaking_links import Confirmation
from admitone.usecases.shared.listing import Listing
from admitone.usecases.webhooks.webhook_try import TriedMessage, try_webhook
from admitone.usecases.webhooks.webhook_view import DeliveryView, NewWebhookView, WebhookView
from admitone.usecases.webhooks.webhooks import (
    create_webhook,
    delete_webhook,
    list_deliveries,
    list_webhooks,
    show_webhook,
    update_webhook,
)
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, query, read_json, read_patch, respond_created, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("webhook_list", Listing[WebhookView])
async def list_(request: web.Request) -> web.Response:
    """List webhooks, oldest first; there are twenty at most."""
    return respond_json(await list_webhooks(request.app[SERVICES], request[CALLER]))


@operation("webhook_create", NewWebhookView, body=WebhookBody, status=201)
async def create(request: web.Request) -> web.Response:
    """Make a webhook; this answer alone shows its secret."""
    body = await read_json(request, WebhookBody)
    answer = await create_webhook(request.app[SERVICES], request[CALLER], body)
    return respond_created(answer, f"{request.path}/{answer.id}")


@operation("webhook_get", WebhookView)
async def get(request: web.Request) -> web.Response:
    """Show a webhook."""
    answer = await show_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)


@operation("webhook_update", WebhookView, patch=WebhookBody)
async def update(request: web.Request) -> web.Response:
    """Change a webhook by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    answer = await update_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"], patch)
    return respond_json(answer)


@operation("webhook_delete", status=204, query=Confirmation, refuses=(WouldBreakWorkflows,))
async def delete(request: web.Request) -> web.Response:
    """Delete a webhook; it is told of nothing more."""
    confirm, webhook = query(request, Confirmation).confirm, request.match_info["id"]
    await delete_webhook(request.app[SERVICES], request[CALLER], webhook, confirm=confirm)
    return no_content()


@operation("webhook_deliveries", Listing[DeliveryView])
async def deliveries(request: web.Request) -> web.Response:
    """List the last attempts to deliver to a webhook, newest first."""
    answer = await list_deliveries(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)


@operation("webhook_try", TriedMessage)
async def test(request: web.Request) -> web.Response:
    """Send a webhook’s endpoint a message for trying it out, once."""
    answer = await try_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)
