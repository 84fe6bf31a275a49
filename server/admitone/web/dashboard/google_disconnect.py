"""POST /dashboard/settings/google/disconnect"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.google_disconnect import disconnect_google
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Disconnect the caller's Google account."""
    caller = request[CALLER]
    is_ended = await disconnect_google(request.app[SERVICES], caller.workspace, caller.user.id)
    said = "google-disconnected" if is_ended else "google-forgotten"
    return lead_to("/dashboard/settings/google", said=said)
