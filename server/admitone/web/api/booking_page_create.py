"""POST /api/v1/booking-pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking_page import BookingPageBody
from admitone.usecases.booking_page_create import create_booking_page
from admitone.usecases.booking_page_view import BookingPageView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingPageView, body=BookingPageBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Create a booking page."""
    body = await read_json(request, BookingPageBody)
    answer = await create_booking_page(request.app[SERVICES], request[CALLER], body)
    return respond_json(answer, 201)
