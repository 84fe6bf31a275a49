"""POST /dashboard/event-types/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.config_change import existing
from admitone.usecases.event_type_update import update_event_type
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.event_type import show_form
from admitone.web.dashboard.event_type_form import event_type_document
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
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
