"""PATCH /api/v1/booking-pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking_page import BookingPageBody
from admitone.usecases.booking_page_update import update_booking_page
from admitone.usecases.booking_page_view import BookingPageView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingPageView, patch=BookingPageBody)
async def handle(request: web.Request) -> web.Response:
    """Change a booking page by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    answer = await update_booking_page(
        request.app[SERVICES], request[CALLER], request.match_info["id"], patch, convert
    )
    return respond_json(answer)
