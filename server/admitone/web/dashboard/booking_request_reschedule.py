"""POST /dashboard/bookings/{booking}/request-reschedule"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import RescheduleRequest
from admitone.domain.errors import Invalid, OneTimeNotOffered
from admitone.usecases.reschedule_request import request_reschedule
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking import show_booking
from admitone.web.dashboard.room import lead_to, said_by_mail
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Cancel a booking, and show the link by which its customer chooses another time."""
    form = await read_form(request)
    body = RescheduleRequest(
        event_type=form.text("again.event_type") or None, reason=form.text("again.reason")
    )
    try:
        answer = plain(await request_reschedule(request.app[SERVICES], request[CALLER], body))
    except Invalid as refusal:
        errors = by_field(refusal)
    except OneTimeNotOffered as refusal:
        errors = {"event_type": refusal.detail}
    else:
        said = await said_by_mail(request, "asked", answer["booking"]["host"])
        return lead_to(f"/dashboard/links/{answer['link']['id']}", said=said)
    return await show_booking(request, errors, form.fields, failed="again")
