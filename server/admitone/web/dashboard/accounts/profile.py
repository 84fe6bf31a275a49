"""One's own name and time zone: `/dashboard/settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.accounts.profile_update import ProfileBody, update_profile
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.zone_choices import zone_choices
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


async def show(request: web.Request) -> web.Response:
    """Show the caller's own name and time zone."""
    user = request[CALLER].user
    return await show_profile(request, {"name": user.name, "timezone": user.timezone or ""})


async def show_profile(
    request: web.Request, values: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> web.Response:
    """The form; with `errors` by field after it was refused."""
    context = {
        "room": "settings",
        "part": "profile",
        "values": values,
        "errors": errors or {},
        "zones": zone_choices(values["timezone"] or None),
    }
    return await show_room(request, "profile", context, status=422 if errors else 200)


async def update(request: web.Request) -> web.Response:
    """Change the caller's own name and time zone."""
    form = await read_form(request)
    values = {"name": form.text("name"), "timezone": form.text("timezone")}
    try:
        body = ProfileBody(name=values["name"], timezone=values["timezone"] or None)
        await update_profile(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_profile(request, values, by_field(refusal))
    return lead_to("/dashboard/settings", said="saved")
