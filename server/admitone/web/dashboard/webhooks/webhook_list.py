"""Webhooks: `/dashboard/settings/webhooks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.domain.webhooks.webhook import EVENTS, WebhookBody
from admitone.usecases.shared.settle import refreshed
from admitone.usecases.webhooks.webhook_try import try_webhook
from admitone.usecases.webhooks.webhooks import (
    create_webhook,
    delete_webhook,
    list_deliveries,
    list_webhooks,
    update_webhook,
)
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web


PATH = "/dashboard/settings/webhooks"
WORDS = {
    "link.created": "A link is made",
    "link.opened": "A person opens a link",
    "link.expired": "A link expires",
    "link.revoked": "A link is revoked",
    "booking.scheduled": "A booking is made",
    "booking.rescheduled": "A booking is moved",
    "booking.cancelled": "A booking is cancelled",
    "booking.completed": "A booking is over",
    "booking.no_show": "A customer did not come",
}


async def show(request: web.Request) -> web.Response:
    """List webhooks with their last deliveries, and offer to make one."""
    return await show_webhooks(request)


async def show_webhooks(
    request: web.Request,
    *,
    made: Mapping[str, Any] | None = None,
    endpoint: str = "",
    chosen: Sequence[str] = EVENTS,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The room; `made` is the webhook that was just made, whose secret is shown this once."""
    services, caller = request.app[SERVICES], request[CALLER]
    webhooks = (await list_webhooks(services, caller)).items
    context = {
        "room": "settings",
        "part": "webhooks",
        "webhooks": [
            (webhook, (await list_deliveries(services, caller, webhook.id)).items) for webhook in webhooks
        ],
        "events": [(event, WORDS[event]) for event in EVENTS],
        "made": made,
        "values": {"endpoint": endpoint},
        "chosen": chosen,
        "errors": errors or {},
    }
    return await show_room(request, "webhooks", context, status=422 if errors else 200)


async def create(request: web.Request) -> web.Response:
    """Make a webhook; this answer shows its secret, and no address does."""
    form = await read_form(request)
    endpoint, events = form.text("endpoint"), form.texts("events")
    try:
        body = convert({"endpoint": endpoint, "events": events}, WebhookBody)
        made = await create_webhook(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_webhooks(request, endpoint=endpoint, chosen=events, errors=by_field(refusal))
    request[CALLER] = await refreshed(msgspec.structs.replace(request[CALLER], operation=None))
    return await show_webhooks(request, made=plain(made))


async def test(request: web.Request) -> web.Response:
    """Send a webhook’s endpoint a message for trying it out."""
    await try_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="webhook-tried")


async def switch(request: web.Request) -> web.Response:
    """Switch a webhook on or off."""
    form = await read_form(request)
    patch = {"enabled": form.is_on("enabled")}
    await update_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"], patch)
    return lead_to(PATH, said="saved")


async def delete(request: web.Request) -> web.Response:
    """Delete a webhook."""
    await delete_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="webhook-deleted")
