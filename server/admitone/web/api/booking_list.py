"""GET /api/v1/bookings"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_list import BookingQuery, list_bookings
from admitone.usecases.booking_view import BookingView
from admitone.usecases.listing import Page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[BookingView], query=BookingQuery)
async def handle(request: web.Request) -> web.Response:
    """List bookings, the latest start first."""
    answer = await list_bookings(request.app[SERVICES], request[CALLER], query(request, BookingQuery))
    return respond_json(answer)
