"""GET /dashboard/event-types"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.event_type_all import all_event_types
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """List event types."""
    event_types = await all_event_types(request.app[SERVICES], request[CALLER])
    return await show(request, "event_types", {"room": "event-types", "event_types": event_types})
