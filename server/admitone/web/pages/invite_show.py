"""GET /manage/{token}/invite.ics"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.usecases.booking_calendar import booking_calendar
from admitone.usecases.managed import open_managed
from admitone.web.appkeys import SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADERS: Mapping[str, str] = {
    "Content-Type": "text/calendar; charset=utf-8; method=PUBLISH",
    "Content-Disposition": 'attachment; filename="invite.ics"',
}


async def handle(request: web.Request) -> web.Response:
    """Give the booking as a calendar file."""
    services = request.app[SERVICES]
    managed = await open_managed(services, request.match_info["token"])
    return web.Response(body=await booking_calendar(services, managed), headers=HEADERS)
