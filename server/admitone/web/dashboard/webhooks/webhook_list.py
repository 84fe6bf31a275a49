"""Webhooks: `/dashboard/settings/webhooks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid, WouldBreakWorkflows
from admitone.domain.webhooks.webhook import EVENTS, WebhookBody
from admitone.texts.message import message
from admitone.usecases.shared.settle import refreshed
from admitone.usecases.webhooks.webhook_try import try_webhook
from admitone.usecases.webhooks.webhooks import (
    create_webhook,
    delete_webhook,
    list_deliveries,
    list_webhooks,
    update_webhook,
)
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.webhooks.webhook_view import NewWebhookView

PATH = "/dashboard/settings/webhooks"
FORM = StructForm(WebhookBody, without=("enabled",))


async def show(request: web.Request) -> web.Response:
    """List webhooks with their last deliveries, and offer to create one."""
    return await show_webhooks(request)


async def show_webhooks(
    request: web.Request,
    *,
    made: NewWebhookView | None = None,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The room; `made` is the webhook that was just created, whose secret only this answer shows."""
    services, caller = request.app[SERVICES], request[CALLER]
    webhooks = (await list_webhooks(services, caller)).items
    context = {
        "room": "settings",
        "part": "webhooks",
        "webhooks": [
            (webhook, (await list_deliveries(services, caller, webhook.id)).items) for webhook in webhooks
        ],
        "events": list(EVENTS.items()),
        "made": made,
        "values": values or FORM.values(WebhookBody(endpoint="", events=list(EVENTS))),
        "errors": errors or {},
    }
    return await show_room(request, "webhooks/webhook_list", context, status=422 if errors else 200)


async def create(request: web.Request) -> web.Response:
    """Create a webhook. Only this answer shows its secret."""
    values, document = FORM.read(await read_form(request))
    try:
        body = convert(document, WebhookBody)
        made = await create_webhook(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_webhooks(request, values=values, errors=by_field(refusal))
    request[CALLER] = await refreshed(msgspec.structs.replace(request[CALLER], operation=None))
    return await show_webhooks(request, made=made)


async def test(request: web.Request) -> web.Response:
    """Send a test message to a webhook’s endpoint."""
    await try_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="webhook-tried")


async def switch(request: web.Request) -> web.Response:
    """Switch a webhook on or off."""
    form = await read_form(request)
    patch = {"enabled": form.is_on("enabled")}
    await update_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"], patch)
    return lead_to(PATH, said="saved")


async def delete(request: web.Request) -> web.Response:
    """Delete a webhook, or ask first."""
    sent, webhook = await read_form(request), request.match_info["id"]
    try:
        await delete_webhook(request.app[SERVICES], request[CALLER], webhook, confirm=is_confirmed(sent))
    except WouldBreakWorkflows as refusal:
        action = message("Delete anyway")
        return await ask(request, sent, refusal, room="settings", action=action, back=PATH, is_final=True)
    return lead_to(PATH, said="webhook-deleted")
