"""PATCH /api/v1/event-types/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event_type import EventTypeBody
from admitone.usecases.event_type_update import update_event_type
from admitone.usecases.event_type_view import EventTypeView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(EventTypeView, patch=EventTypeBody)
async def handle(request: web.Request) -> web.Response:
    """Change an event type by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    answer = await update_event_type(
        request.app[SERVICES], request[CALLER], request.match_info["id"], patch, convert
    )
    return respond_json(answer)
