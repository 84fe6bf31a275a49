"""GET /api/v1/event-types"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery, list_config
from admitone.usecases.event_type_view import EventTypeView, view_event_type
from admitone.usecases.listing import Page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[EventTypeView], query=ListQuery)
async def handle(request: web.Request) -> web.Response:
    """List the workspace's event types, oldest first."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await list_config(services, caller, "event_type", query(request, ListQuery))
    return respond_json(Page([view_event_type(services, record) for record in page.items], page.next_cursor))
