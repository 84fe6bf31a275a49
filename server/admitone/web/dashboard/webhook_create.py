"""POST /dashboard/settings/webhooks"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Invalid
from admitone.domain.webhook import WebhookBody
from admitone.usecases.services import refreshed
from admitone.usecases.webhook_create import create_webhook
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain
from admitone.web.dashboard.webhooks import show_webhooks

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
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
