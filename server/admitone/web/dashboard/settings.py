"""GET /dashboard/settings/workspace"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.settings_view import read_settings
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


OURS = "#b93a28"
"""The accent of tokens.css in light, from where a colour of one's own is chosen."""


async def handle(request: web.Request) -> web.Response:
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
    return await show(request, "settings", context, status=422 if errors else 200)
