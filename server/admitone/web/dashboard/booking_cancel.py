"""POST /dashboard/bookings/{booking}/cancel"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.booking_cancel import cancel_by_host
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking import path_of, show_booking
from admitone.web.dashboard.room import lead_to, said_by_mail
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Cancel a booking as its host."""
    form = await read_form(request)
    try:
        booking = await cancel_by_host(request.app[SERVICES], request[CALLER], form.text("reason"))
    except Invalid as refusal:
        return await show_booking(request, by_field(refusal), form.fields)
    return lead_to(path_of(request), said=await said_by_mail(request, "cancelled", booking.host))
