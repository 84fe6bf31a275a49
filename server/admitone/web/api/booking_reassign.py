"""POST /api/v1/bookings/{booking}/reassign"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import Reassignment
from admitone.usecases.booking_reassign import reassign_booking
from admitone.usecases.booking_view import BookingView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingView, body=Reassignment)
async def handle(request: web.Request) -> web.Response:
    """Give the booking to another host who could have been chosen for it."""
    body = await read_json(request, Reassignment)
    return respond_json(await reassign_booking(request.app[SERVICES], request[CALLER], body))
