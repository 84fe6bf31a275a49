"""Where to get the browser extension, or to say that it is not wanted: `/dashboard/extension`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.set_up import refuse_extension
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.http.appkeys import CALLER, CONFIG, SERVICES

if TYPE_CHECKING:
    from aiohttp import web


async def show(request: web.Request) -> web.Response:
    """Say how the extension is installed and signed in."""
    context = {"room": "home", "is_room_itself": False, "server": request.app[CONFIG].public_url}
    return await show_room(request, "set_up/extension", context)


async def refuse(request: web.Request) -> web.Response:
    """Ask the caller no more for the extension."""
    caller = request[CALLER]
    await refuse_extension(request.app[SERVICES].store, caller.workspace, caller.user.id)
    return lead_to("/dashboard")
