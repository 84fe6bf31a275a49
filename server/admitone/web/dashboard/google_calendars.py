"""POST /dashboard/settings/google"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.calendar_choose import CalendarChoice, choose_calendars
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.google import show_google
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Choose the calendars that block time, and the one that bookings are written to."""
    form, caller = await read_form(request), request[CALLER]
    choice = CalendarChoice(form.texts("blocking"), form.text("writing"))
    try:
        await choose_calendars(request.app[SERVICES], caller.workspace, caller.user.id, choice)
    except Invalid as refusal:
        return await show_google(request, choice, by_field(refusal))
    return lead_to("/dashboard/settings/google", said="saved")
