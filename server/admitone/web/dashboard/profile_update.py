"""POST /dashboard/settings"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.profile_update import ProfileBody, update_profile
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.profile import show_profile
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change the caller's own name and time zone."""
    form = await read_form(request)
    values = {"name": form.text("name"), "timezone": form.text("timezone")}
    try:
        body = ProfileBody(name=values["name"], timezone=values["timezone"] or None)
        await update_profile(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_profile(request, values, by_field(refusal))
    return lead_to("/dashboard/settings", said="saved")
