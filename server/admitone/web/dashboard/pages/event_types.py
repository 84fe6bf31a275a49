"""Event types: `/dashboard/event-types`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.pages.event_type import EventTypeBody, EventTypeValues
from admitone.texts.message import message
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.shared.records import all_records
from admitone.web.dashboard.form_parts import Chosen, OnlyIf
from admitone.web.dashboard.record_room import RecordRoom, find_record
from admitone.web.dashboard.room import show_room
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.web.dashboard.struct_form import FormValues


async def show_list(request: web.Request) -> web.Response:
    """List event types."""
    event_types = await all_records(request.app[SERVICES], request[CALLER], EVENT_TYPES)
    return await show_room(request, "pages/event_types", {"room": "event-types", "event_types": event_types})


async def show(request: web.Request) -> web.Response:
    """Show an event type: its form to administrators, its settings to members."""
    if request[CALLER].is_administrator:
        return await ROOM.show_edit(request)
    event_type = await find_record(request, EVENT_TYPES)
    return await show_room(request, "pages/event_type", {"room": "event-types", "event_type": event_type})


async def _blank(_request: web.Request) -> EventTypeValues:
    return EventTypeBody(name="", duration_minutes=30)


async def _context(_request: web.Request, _values: FormValues, _errors: Mapping[str, str]) -> dict[str, Any]:
    return {}


ROOM = RecordRoom(
    kind=EVENT_TYPES,
    path="/dashboard/event-types",
    room="event-types",
    list_name=message("Event types"),
    template="pages/event_type_form",
    form=StructForm(
        EventTypeValues,
        {
            "location.detail": OnlyIf("location.kind", "phone", "in_person", "link", "ask", otherwise=""),
            "policy.cancel.minutes": OnlyIf("policy.cancel.allow", "until"),
            "policy.reschedule.minutes": OnlyIf("policy.reschedule.allow", "until"),
            "reminders": Chosen("reminders.kind", when="own", otherwise="workspace"),
        },
    ),
    blank=_blank,
    context=_context,
    is_shown_in_list=True,
)
show_new = ROOM.show_new
show_copy = ROOM.show_copy
create = ROOM.create
update = ROOM.update
delete = ROOM.delete
