"""Event types: `/dashboard/event-types`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.pages.event_type import EventTypeBody
from admitone.usecases.pages.config_delete import delete_event_type
from admitone.usecases.pages.event_type_all import all_event_types
from admitone.usecases.pages.event_type_create import create_event_type
from admitone.usecases.pages.event_type_update import update_event_type
from admitone.web.dashboard.form_parts import Chosen, OnlyUntil
from admitone.web.dashboard.pages.setting_sentences import LOCATIONS
from admitone.web.dashboard.record_room import RecordRoom, find_record
from admitone.web.dashboard.room import show_room
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.shared.services import Caller, Services
    from admitone.web.dashboard.struct_form import FormValues


async def show_list(request: web.Request) -> web.Response:
    """List event types."""
    event_types = await all_event_types(request.app[SERVICES], request[CALLER])
    return await show_room(request, "pages/event_types", {"room": "event-types", "event_types": event_types})


async def show(request: web.Request) -> web.Response:
    """Show an event type: its form to administrators, its settings to members."""
    if request[CALLER].is_administrator:
        return await ROOM.show_edit(request)
    event_type = await find_record(request, ROOM.kind)
    return await show_room(request, "pages/event_type", {"room": "event-types", "event_type": event_type})


async def _blank(_request: web.Request) -> EventTypeBody:
    return EventTypeBody(name="", duration_minutes=30)


async def _context(_request: web.Request, _values: FormValues, _errors: Mapping[str, str]) -> dict[str, Any]:
    return {"locations": tuple(LOCATIONS.items())}


async def _change(
    services: Services, caller: Caller, record_id: str, patch: Any, convert: Any, *, confirm: bool
) -> None:
    assert confirm is not None
    await update_event_type(services, caller, record_id, patch, convert)


ROOM = RecordRoom(
    kind="event_type",
    path="/dashboard/event-types",
    room="event-types",
    template="pages/event_type_form",
    form=StructForm(
        EventTypeBody,
        {
            "policy.cancel.minutes": OnlyUntil(),
            "policy.reschedule.minutes": OnlyUntil(),
            "reminders": Chosen("reminders.kind", when="own", otherwise="workspace"),
        },
    ),
    create_record=create_event_type,
    change_record=_change,
    delete_record=delete_event_type,
    blank=_blank,
    context=_context,
    is_shown_in_list=True,
)
show_new, create, update, delete = ROOM.show_new, ROOM.create, ROOM.update, ROOM.delete
