"""Google's notifications about changed calendars: `/hooks/google/calendar`."""

from __future__ import annotations

from aiohttp import web

from admitone.usecases.calendar_events.calendar_notification import calendar_changed
from admitone.web.http.appkeys import SERVICES

CHANNEL, TOKEN, STATE = "X-Goog-Channel-ID", "X-Goog-Channel-Token", "X-Goog-Resource-State"
OPENED = "sync"
"""The state in a channel's first message, which only says that the channel is open."""


async def changed(request: web.Request) -> web.Response:
    """Note that a calendar has changed; the headers say which one."""
    if request.headers.get(STATE) != OPENED:
        channel, token = request.headers.get(CHANNEL, ""), request.headers.get(TOKEN, "")
        await calendar_changed(request.app[SERVICES], channel, token)
    return web.Response(status=204)
