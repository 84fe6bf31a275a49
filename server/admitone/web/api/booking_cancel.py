"""POST /api/v1/bookings/{booking}/cancel"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import Reason
from admitone.usecases.booking_cancel import cancel_by_host
from admitone.usecases.booking_view import BookingView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json_or, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingView, body=Reason, body_is_optional=True)
async def handle(request: web.Request) -> web.Response:
    """Cancel a booking as its host."""
    body = await read_json_or(request, Reason())
    answer = await cancel_by_host(request.app[SERVICES], request[CALLER], body.reason)
    return respond_json(answer)
