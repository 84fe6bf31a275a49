"""POST /dashboard/bookings/{booking}/reassign"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import Reassignment
from admitone.domain.errors import CalendarUnreachable, Invalid, NotReassignable, SlotTaken, invalid
from admitone.usecases.booking_reassign import reassign_booking
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking import path_of, show_booking
from admitone.web.dashboard.handover import SEPARATOR
from admitone.web.dashboard.room import lead_to, said_by_mail
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Give a booking to another host."""
    form = await read_form(request)
    user, _, host = form.text("reassign.host").partition(SEPARATOR)
    body = Reassignment(host=host, instead_of=user, reason=form.text("reassign.reason"))
    try:
        if not host:
            raise invalid("host", "Choose a host.")
        booking = await reassign_booking(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        fields = {"instead_of": "host"}
        errors = {fields.get(field, field): message for field, message in by_field(refusal).items()}
    except (SlotTaken, NotReassignable, CalendarUnreachable) as refusal:
        errors = {"host": refusal.detail}
    else:
        return lead_to(path_of(request), said=await said_by_mail(request, "reassigned", booking.host))
    return await show_booking(request, errors, form.fields, failed="reassign")
