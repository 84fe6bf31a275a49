"""Event types: `/api/v1/event-types`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import WouldBreakLinks
from admitone.domain.pages.event_type import EventTypeBody
from admitone.usecases.pages.breaking_links import Confirmation
from admitone.usecases.pages.config_delete import delete_event_type
from admitone.usecases.pages.event_type_create import create_event_type
from admitone.usecases.pages.event_type_update import update_event_type
from admitone.usecases.pages.event_type_view import EventTypeView, view_event_type
from admitone.usecases.shared.config_change import existing
from admitone.usecases.shared.config_list import ListQuery, list_config
from admitone.usecases.shared.listing import Page
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import convert, no_content, query, read_json, read_patch, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("event_type_list", Page[EventTypeView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the workspace's event types, oldest first."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await list_config(services, caller, "event_type", query(request, ListQuery))
    return respond_json(Page([view_event_type(services, record) for record in page.items], page.next_cursor))


@operation("event_type_create", EventTypeView, body=EventTypeBody, status=201)
async def create(request: web.Request) -> web.Response:
    """Create an event type."""
    body = await read_json(request, EventTypeBody)
    answer = await create_event_type(request.app[SERVICES], request[CALLER], body)
    return respond_json(answer, 201)


@operation("event_type_get", EventTypeView)
async def get(request: web.Request) -> web.Response:
    """Show an event type."""
    record = await existing(request[CALLER], "event_type", request.match_info["id"])
    return respond_json(view_event_type(request.app[SERVICES], record))


@operation("event_type_update", EventTypeView, patch=EventTypeBody)
async def update(request: web.Request) -> web.Response:
    """Change an event type by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    answer = await update_event_type(
        request.app[SERVICES], request[CALLER], request.match_info["id"], patch, convert
    )
    return respond_json(answer)


@operation("event_type_delete", status=204, query=Confirmation, refuses=(WouldBreakLinks,))
async def delete(request: web.Request) -> web.Response:
    """Delete an event type."""
    confirm = query(request, Confirmation).confirm
    await delete_event_type(request.app[SERVICES], request[CALLER], request.match_info["id"], confirm=confirm)
    return no_content()
