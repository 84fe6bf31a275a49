"""POST /api/v1/event-types"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event_type import EventTypeBody
from admitone.usecases.event_type_create import create_event_type
from admitone.usecases.event_type_view import EventTypeView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(EventTypeView, body=EventTypeBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Create an event type."""
    body = await read_json(request, EventTypeBody)
    answer = await create_event_type(request.app[SERVICES], request[CALLER], body)
    return respond_json(answer, 201)
