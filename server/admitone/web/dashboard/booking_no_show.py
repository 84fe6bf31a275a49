"""POST /dashboard/bookings/{booking}/no-show"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_no_show import record_no_show
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking import path_of
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Record that the customer did not come."""
    await record_no_show(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="no-show")
