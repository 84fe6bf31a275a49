"""GET /dashboard/settings"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.appkeys import CALLER
from admitone.web.dashboard.room import show
from admitone.web.dashboard.zone_choices import zone_choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
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
    return await show(request, "profile", context, status=422 if errors else 200)
