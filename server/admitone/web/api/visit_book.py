"""POST /api/v1/book/{code}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import CustomerBooking
from admitone.usecases.booking_view import CustomerBookingView
from admitone.usecases.slot_book import book_slot
from admitone.usecases.visit import one_spelling, open_visit
from admitone.web.appkeys import SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.caller import idempotency
from admitone.web.limits import limited_address
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.visit import Visit


@operation(CustomerBookingView, body=CustomerBooking, status=201)
async def handle(request: web.Request) -> web.Response:
    """Book a time."""
    services, code = request.app[SERVICES], request.match_info["code"]
    body = await read_json(request, CustomerBooking)
    operation = await idempotency(request, one_spelling(code))

    async def visit() -> Visit:
        return await open_visit(services, code, operation=operation)

    return respond_json(await book_slot(services, visit, body, limited_address(request)), 201)
