"""The page of a booking and its calendar file: `/manage/TOKEN`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.usecases.bookings.booking_calendar import booking_calendar
from admitone.web.customer.managed_page import booking_text, respond_managed
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.opened import opened_managed

if TYPE_CHECKING:
    from collections.abc import Mapping


CALENDAR_HEADERS: Mapping[str, str] = {
    "Content-Type": "text/calendar; charset=utf-8; method=PUBLISH",
    "Content-Disposition": 'attachment; filename="invite.ics"',
}


async def show(request: web.Request) -> web.Response:
    """Show a booking to its customer."""
    return await respond_managed(request, await opened_managed(request))


async def show_invite(request: web.Request) -> web.Response:
    """Send the booking as a calendar file."""
    services = request.app[SERVICES]
    managed = await opened_managed(request)
    texts = booking_text(request, managed).reader.texts
    return web.Response(body=await booking_calendar(services, managed, texts), headers=CALENDAR_HEADERS)
