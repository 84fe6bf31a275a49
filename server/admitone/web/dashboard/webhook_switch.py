"""POST /dashboard/settings/webhooks/{id}/switch"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.webhook_update import update_webhook
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.webhooks import PATH

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Switch a webhook on or off."""
    form = await read_form(request)
    patch = {"enabled": form.is_on("enabled")}
    await update_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"], patch, convert)
    return lead_to(PATH, said="saved")
