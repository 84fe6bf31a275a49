"""GET /api/v1/event-types/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_change import existing
from admitone.usecases.event_type_view import EventTypeView, view_event_type
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(EventTypeView)
async def handle(request: web.Request) -> web.Response:
    """Show an event type."""
    record = await existing(request[CALLER], "event_type", request.match_info["id"])
    return respond_json(view_event_type(request.app[SERVICES], record))
