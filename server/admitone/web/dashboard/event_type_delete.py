"""POST /dashboard/event-types/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import WouldBreakLinks
from admitone.usecases.config_delete import delete_event_type
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete an event type."""
    form = await read_form(request)
    event_type = request.match_info["id"]
    try:
        await delete_event_type(
            request.app[SERVICES], request[CALLER], event_type, confirm=is_confirmed(form)
        )
    except WouldBreakLinks as refusal:
        back = f"/dashboard/event-types/{event_type}"
        return await ask(request, form, refusal, room="event-types", action="Delete all the same", back=back)
    return lead_to("/dashboard/event-types", said="deleted")
