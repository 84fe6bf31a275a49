"""Bookings, for hosts: `/api/v1/bookings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import Move, Reason, Reassignment, RescheduleRequest
from admitone.domain.errors import (
    BookingNotActive,
    CalendarUnreachable,
    NotReassignable,
    OneTimeNotOffered,
    PolicyRefuses,
    SlotNotOffered,
    SlotTaken,
)
from admitone.usecases.bookings.booking_cancel import cancel_by_host
from admitone.usecases.bookings.booking_list import BookingQuery, list_bookings, read_booking_view
from admitone.usecases.bookings.booking_no_show import record_no_show
from admitone.usecases.bookings.booking_no_show_undo import undo_no_show
from admitone.usecases.bookings.booking_reassign import reassign_booking
from admitone.usecases.bookings.booking_request_reschedule import (
    RescheduleRequested,
    request_booking_reschedule,
)
from admitone.usecases.bookings.booking_reschedule import reschedule_by_host
from admitone.usecases.shared.booking_view import BookingView
from admitone.usecases.shared.listing import Listing
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, read_json, read_json_or, refuse_fields, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("booking_list", Listing[BookingView], query=BookingQuery)
async def list_(request: web.Request) -> web.Response:
    """List bookings, the latest start first."""
    answer = await list_bookings(request.app[SERVICES], request[CALLER], query(request, BookingQuery))
    return respond_json(answer)


@operation("booking_get", BookingView)
async def get(request: web.Request) -> web.Response:
    """Show a booking."""
    return respond_json(await read_booking_view(request.app[SERVICES], request[CALLER]))


@operation("booking_cancel", BookingView, body=Reason, body_is_optional=True, refuses=(BookingNotActive,))
async def cancel(request: web.Request) -> web.Response:
    """Cancel a booking as its host."""
    body = await read_json_or(request, Reason())
    answer = await cancel_by_host(request.app[SERVICES], request[CALLER], body.reason)
    return respond_json(answer)


@operation(
    "booking_reschedule",
    BookingView,
    body=Move,
    refuses=(BookingNotActive, PolicyRefuses, SlotNotOffered, SlotTaken, CalendarUnreachable),
)
async def reschedule(request: web.Request) -> web.Response:
    """Move a booking as its host."""
    move = await read_json(request, Move)
    answer = await reschedule_by_host(request.app[SERVICES], request[CALLER], move)
    return respond_json(answer)


@operation(
    "booking_reassign",
    BookingView,
    body=Reassignment,
    refuses=(BookingNotActive, NotReassignable, SlotTaken, CalendarUnreachable),
)
async def reassign(request: web.Request) -> web.Response:
    """Give the booking to another host who could have been chosen for it."""
    body = await read_json(request, Reassignment)
    return respond_json(await reassign_booking(request.app[SERVICES], request[CALLER], body))


@operation(
    "booking_request_reschedule",
    RescheduleRequested,
    body=RescheduleRequest,
    body_is_optional=True,
    refuses=(BookingNotActive, OneTimeNotOffered),
)
async def request_reschedule(request: web.Request) -> web.Response:
    """Cancel the booking, and mail its customer a fresh one-time link."""
    body = await read_json_or(request, RescheduleRequest())
    return respond_json(await request_booking_reschedule(request.app[SERVICES], request[CALLER], body))


@operation("booking_no_show", BookingView, refuses=(BookingNotActive,))
async def no_show(request: web.Request) -> web.Response:
    """Record that the customer did not come."""
    await refuse_fields(request)
    answer = await record_no_show(request.app[SERVICES], request[CALLER])
    return respond_json(answer)


@operation("booking_no_show_undo", BookingView, refuses=(BookingNotActive, SlotTaken))
async def no_show_undo(request: web.Request) -> web.Response:
    """Take back that the customer did not come."""
    return respond_json(await undo_no_show(request.app[SERVICES], request[CALLER]))
