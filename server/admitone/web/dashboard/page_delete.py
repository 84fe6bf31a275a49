"""POST /dashboard/pages/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import WouldBreakLinks
from admitone.usecases.config_delete import delete_booking_page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete a booking page."""
    form = await read_form(request)
    page = request.match_info["id"]
    try:
        await delete_booking_page(request.app[SERVICES], request[CALLER], page, confirm=is_confirmed(form))
    except WouldBreakLinks as refusal:
        back = f"/dashboard/pages/{page}"
        return await ask(request, form, refusal, room="pages", action="Delete all the same", back=back)
    return lead_to("/dashboard/pages", said="deleted")
