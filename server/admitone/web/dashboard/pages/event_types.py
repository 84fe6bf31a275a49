"""Event types: `/dashboard/event-types`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.domain.pages.event_type import EventTypeBody
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.shared.records import all_records, change_record, create_record, read_record
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
    event_types = await all_records(request.app[SERVICES], request[CALLER], EVENT_TYPES)
    return await show_room(request, "event_types", {"room": "event-types", "event_types": event_types})


async def create(request: web.Request) -> web.Response:
    """Create an event type."""
    form = await read_form(request)
    document = event_type_document(form)
    try:
        form.refuse()
        body = convert(document, EventTypeBody)
        await create_record(request.app[SERVICES], request[CALLER], EVENT_TYPES, body)
    except Invalid as refusal:
        return await show_form(request, None, form.fields, by_field(refusal))
    return lead_to("/dashboard/event-types", said="created")


async def show_new(request: web.Request) -> web.Response:
    """Show the form of a new event type."""
    return await show_form(request, None, event_type_fields(BLANK))


async def show(request: web.Request) -> web.Response:
    """Show an event type: administrators its form, members what it says."""
    record = await read_record(request[CALLER], EVENT_TYPES, request.match_info["id"])
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
    record = await read_record(caller, EVENT_TYPES, record_id)
    form = await read_form(request)
    document = event_type_document(form)
    try:
        form.refuse()
        await change_record(request.app[SERVICES], caller, EVENT_TYPES, record_id, document)
    except Invalid as refusal:
        return await show_form(request, record, form.fields, by_field(refusal))
    return lead_to("/dashboard/event-types", said="saved")


async def delete(request: web.Request) -> web.Response:
    """Delete an event type."""
    return await delete_or_ask(request, EVENT_TYPES, room="event-types", list_at="/dashboard/event-types")
