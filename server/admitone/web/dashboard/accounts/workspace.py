"""The settings of the workspace: `/dashboard/settings/workspace`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import Invalid
from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.accounts.settings_view import read_settings
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


OURS = "#b93a28"
"""The accent of tokens.css in light, from where a colour of one's own is chosen."""


async def show(request: web.Request) -> web.Response:
    """Show what holds for the whole workspace."""
    view = await read_settings(request.app[SERVICES], request[CALLER])
    days = view.link_expiry_days
    values = {
        "name": view.name,
        "domain": view.domain,
        "join_by_domain": view.join_by_domain,
        "expiry": "never" if days is None else "days",
        "link_expiry_days": days,
        "on_cancel": view.on_cancel,
        "calendar_sync": view.calendar_sync,
        "general_link_bookings_per_hour": view.general_link_bookings_per_hour,
        "colour": "own" if view.accent else "ours",
        "accent": view.accent or OURS,
    }
    return await show_settings(request, values)


async def show_settings(
    request: web.Request, values: Mapping[str, Any], errors: Mapping[str, str] | None = None
) -> web.Response:
    """The form; with `errors` by field after it was refused."""
    context = {"room": "settings", "part": "workspace", "values": values, "errors": errors or {}}
    return await show_room(request, "settings", context, status=422 if errors else 200)


async def update(request: web.Request) -> web.Response:
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
        await update_settings(request.app[SERVICES], request[CALLER], patch)
    except Invalid as refusal:
        return await show_settings(request, form.fields, by_field(refusal))
    return lead_to("/dashboard/settings/workspace", said="saved")
