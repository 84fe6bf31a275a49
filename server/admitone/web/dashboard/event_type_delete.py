"""POST /dashboard/event-types/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_delete import delete_event_type
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete an event type."""
    await delete_event_type(request.app[SERVICES], request[CALLER], request.match_info["id"], confirm=True)
    return lead_to("/dashboard/event-types", said="deleted")
