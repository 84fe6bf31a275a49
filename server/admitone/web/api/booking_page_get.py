"""GET /api/v1/booking-pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_page_view import BookingPageView, view_booking_page
from admitone.usecases.config_change import existing
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingPageView)
async def handle(request: web.Request) -> web.Response:
    """Show a booking page."""
    record = await existing(request[CALLER], "booking_page", request.match_info["id"])
    return respond_json(view_booking_page(request.app[SERVICES], record))
