"""POST /dashboard/settings/webhooks/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.webhook_update import delete_webhook
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.webhooks import PATH

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete a webhook."""
    await delete_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="webhook-deleted")
