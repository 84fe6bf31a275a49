"""GET /dashboard/event-types/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.config_change import existing
from admitone.web.appkeys import CALLER
from admitone.web.dashboard.event_type_form import event_type_fields
from admitone.web.dashboard.room import show
from admitone.web.dashboard.words import LOCATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.event_type import EventType


async def handle(request: web.Request) -> web.Response:
    """Show an event type: administrators its form, members what it says."""
    record: EventType = await existing(request[CALLER], "event_type", request.match_info["id"])
    if not request[CALLER].is_administrator:
        return await show(request, "event_type", {"room": "event-types", "event_type": record})
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
    return await show(request, "event_type_form", context, status=422 if errors else 200)
