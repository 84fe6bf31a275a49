"""POST /dashboard/settings/workspace"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.settings_update import update_settings
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.settings import show_settings

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change the workspace's settings."""
    form = await read_form(request)
    never = form.text("expiry") == "never"
    patch = {
        "name": form.text("name"),
        **({"join_by_domain": form.is_on("join_by_domain")} if form.text("domain") else {}),
        "link_expiry_days": None if never else form.needed_number("link_expiry_days"),
        "on_cancel": form.text("on_cancel"),
        "calendar_sync": form.is_on("calendar_sync"),
        "general_link_bookings_per_hour": form.number("general_link_bookings_per_hour"),
        "accent": form.text("accent") if form.text("colour") == "own" else None,
    }
    try:
        form.refuse()
        await update_settings(request.app[SERVICES], request[CALLER], patch, convert)
    except Invalid as refusal:
        return await show_settings(request, form.fields, by_field(refusal))
    return lead_to("/dashboard/settings/workspace", said="saved")
