"""GET /dashboard/settings/webhooks"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.webhook import EVENTS
from admitone.usecases.webhook_read import list_deliveries, list_webhooks
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import show

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


async def handle(request: web.Request) -> web.Response:
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
    return await show(request, "webhooks", context, status=422 if errors else 200)
