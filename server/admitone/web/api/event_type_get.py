"""GET /api/v1/event-types/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_change import existing
from admitone.usecases.event_type_view import view_event_type
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show an event type."""
    record = await existing(request[CALLER], "event_type", request.match_info["id"])
    return respond_json(view_event_type(request.app[SERVICES], record))
