"""POST /api/v1/bookings/{booking}/reschedule"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import Move
from admitone.usecases.booking_reschedule import reschedule_by_host
from admitone.usecases.booking_view import BookingView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingView, body=Move)
async def handle(request: web.Request) -> web.Response:
    """Move a booking as its host."""
    move = await read_json(request, Move)
    answer = await reschedule_by_host(request.app[SERVICES], request[CALLER], move)
    return respond_json(answer)
