"""Event types: `/dashboard/event-types`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.domain.pages.event_type import EventTypeBody
from admitone.usecases.pages.config_delete import delete_event_type
from admitone.usecases.pages.event_type_all import all_event_types
from admitone.usecases.pages.event_type_create import create_event_type
from admitone.usecases.pages.event_type_update import update_event_type
from admitone.usecases.shared.config_change import existing
from admitone.web.dashboard.confirm import delete_or_ask
from admitone.web.dashboard.pages.event_type_form import BLANK, event_type_document, event_type_fields
from admitone.web.dashboard.pages.setting_sentences import LOCATIONS
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.pages.event_type import EventType


async def show_list(request: web.Request) -> web.Response:
    """List event types."""
    event_types = await all_event_types(request.app[SERVICES], request[CALLER])
    return await show_room(request, "event_types", {"room": "event-types", "event_types": event_types})


async def create(request: web.Request) -> web.Response:
    """Create an event type."""
    form = await read_form(request)
    document = event_type_document(form)
    try:
        form.refuse()
        await create_event_type(request.app[SERVICES], request[CALLER], convert(document, EventTypeBody))
    except Invalid as refusal:
        return await show_form(request, None, form.fields, by_field(refusal))
    return lead_to("/dashboard/event-types", said="created")


async def show_new(request: web.Request) -> web.Response:
    """Show the form of a new event type."""
    return await show_form(request, None, event_type_fields(BLANK))


async def show(request: web.Request) -> web.Response:
    """Show an event type: administrators its form, members what it says."""
    record: EventType = await existing(request[CALLER], "event_type", request.match_info["id"])
    if not request[CALLER].is_administrator:
        return await show_room(request, "event_type", {"room": "event-types", "event_type": record})
    return await show_form(request, record, event_type_fields(record))


async def show_form(
    request: web.Request,
    record: EventType | None,
    values: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The form of `record`, None for a new one; with `errors` by field after it was refused."""
    context = {
        "room": "event-types",
        "event_type": record,
        "values": values,
        "errors": errors or {},
        "locations": tuple(LOCATIONS.items()),
    }
    return await show_room(request, "event_type_form", context, status=422 if errors else 200)


async def update(request: web.Request) -> web.Response:
    """Change an event type."""
    caller, record_id = request[CALLER], request.match_info["id"]
    record = await existing(caller, "event_type", record_id)
    form = await read_form(request)
    document = event_type_document(form)
    try:
        form.refuse()
        await update_event_type(request.app[SERVICES], caller, record_id, document, convert)
    except Invalid as refusal:
        return await show_form(request, record, form.fields, by_field(refusal))
    return lead_to("/dashboard/event-types", said="saved")


async def delete(request: web.Request) -> web.Response:
    """Delete an event type."""
    return await delete_or_ask(
        request, delete_event_type, room="event-types", list_at="/dashboard/event-types"
    )
