"""POST /api/v1/bookings/{booking}/no-show"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_no_show import record_no_show
from admitone.usecases.booking_view import BookingView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import refuse_fields, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(BookingView)
async def handle(request: web.Request) -> web.Response:
    """Record that the customer did not come."""
    await refuse_fields(request)
    answer = await record_no_show(request.app[SERVICES], request[CALLER])
    return respond_json(answer)
