"""PATCH /api/v1/booking-pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking_page import BookingPageBody
from admitone.usecases.booking_page_update import update_booking_page
from admitone.usecases.booking_page_view import BookingPageView
from admitone.usecases.breaking_links import Confirmation
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, query, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingPageView, patch=BookingPageBody, query=Confirmation)
async def handle(request: web.Request) -> web.Response:
    """Change a booking page by a merge patch (RFC 7396)."""
    patch, confirm = await read_patch(request), query(request, Confirmation).confirm
    services, record = request.app[SERVICES], request.match_info["id"]
    return respond_json(
        await update_booking_page(services, request[CALLER], record, patch, convert, confirm=confirm)
    )
