"""GET /api/v1/bookings/{booking}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_list import read_booking_view
from admitone.usecases.booking_view import BookingView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingView)
async def handle(request: web.Request) -> web.Response:
    """Show a booking."""
    return respond_json(read_booking_view(request.app[SERVICES], request[CALLER]))
