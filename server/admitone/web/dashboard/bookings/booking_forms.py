"""The forms in the room of a booking: each changes it, or says in the room why it did not."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import Reassignment, RescheduleRequest
from admitone.domain.errors import (
    CalendarUnreachable,
    Invalid,
    NotFound,
    NotReassignable,
    OneTimeNotOffered,
    Refusal,
    SlotTaken,
    Unauthenticated,
    invalid,
)
from admitone.texts.message import message
from admitone.usecases.bookings.booking_cancel import cancel_by_host
from admitone.usecases.bookings.booking_no_show import record_no_show
from admitone.usecases.bookings.booking_no_show_undo import undo_no_show
from admitone.usecases.bookings.booking_reassign import reassign_booking
from admitone.usecases.bookings.booking_request_reschedule import request_booking_reschedule
from admitone.web.dashboard.bookings.booking import path_of, show_booking
from admitone.web.dashboard.bookings.handover import SEPARATOR
from admitone.web.dashboard.room import lead_to, said_by_mail
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.web.http.route import Handler


def in_room(handler: Handler) -> Handler:
    """The handler of a booking's form; its refusals are said in the booking's room, beside what is possible.

    Only who may not see the booking, or is signed out, gets a page of their own.
    """

    @wraps(handler)
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except (NotFound, Unauthenticated):
            raise
        except Refusal as refusal:
            return await show_booking(request, refusal=refusal)

    return handle


@in_room
async def cancel(request: web.Request) -> web.Response:
    """Cancel a booking as its host."""
    form = await read_form(request)
    try:
        booking = await cancel_by_host(request.app[SERVICES], request[CALLER], form.text("reason"))
    except Invalid as refusal:
        return await show_booking(request, by_field(refusal), form.fields)
    return lead_to(path_of(request), said=await said_by_mail(request, "cancelled", booking.host))


@in_room
async def no_show(request: web.Request) -> web.Response:
    """Record that the customer did not come."""
    await record_no_show(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="no-show")


@in_room
async def no_show_undo(request: web.Request) -> web.Response:
    """Take back that the customer did not come."""
    await undo_no_show(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="no-show-undone")


@in_room
async def reassign(request: web.Request) -> web.Response:
    """Give a booking to another host."""
    form = await read_form(request)
    user, _, host = form.text("reassign.host").partition(SEPARATOR)
    body = Reassignment(host=host, instead_of=user, reason=form.text("reassign.reason"))
    try:
        if not host:
            raise invalid("host", message("Choose a host."))
        booking = await reassign_booking(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        fields = {"instead_of": "host"}
        errors = {fields.get(field, field): message for field, message in by_field(refusal).items()}
    except (SlotTaken, NotReassignable, CalendarUnreachable) as refusal:
        errors = {"host": refusal.detail}
    else:
        return lead_to(path_of(request), said=await said_by_mail(request, "reassigned", booking.host))
    return await show_booking(request, errors, form.fields, failed="reassign")


@in_room
async def ask_again(request: web.Request) -> web.Response:
    """Cancel a booking, and show the new link with which its customer can choose another time."""
    form = await read_form(request)
    body = RescheduleRequest(
        event_type=form.text("again.event_type") or None, reason=form.text("again.reason")
    )
    try:
        answer = await request_booking_reschedule(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        errors = by_field(refusal)
    except OneTimeNotOffered as refusal:
        errors = {"event_type": refusal.detail}
    else:
        said = await said_by_mail(request, "asked", answer.booking.host)
        return lead_to(f"/dashboard/links/{answer.link.id}", said=said)
    return await show_booking(request, errors, form.fields, failed="again")
