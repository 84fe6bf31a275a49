"""A customer's calls on their booking: `/api/v1/manage/TOKEN`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import Move, Reason
from admitone.domain.errors import (
    BookingNotActive,
    CalendarUnreachable,
    PolicyRefuses,
    SlotNotOffered,
    SlotTaken,
)
from admitone.usecases.bookings.booking_cancel import cancel_by_customer
from admitone.usecases.bookings.booking_reschedule import list_reschedule_slots, reschedule_by_customer
from admitone.usecases.bookings.managed import view_managed
from admitone.usecases.shared.booking_view import ManageView
from admitone.usecases.times.availability import SlotQuery
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.body import query, read_json, respond_json
from admitone.web.http.locale import reader_of
from admitone.web.http.opened import opened_managed
from admitone.web.http.slots_answer import SlotList, respond_slots
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("managed_get", ManageView)
async def get(request: web.Request) -> web.Response:
    """Show a booking to its customer."""
    services = request.app[SERVICES]
    managed = await opened_managed(request)
    return _answer(request, await view_managed(services, managed))


@operation(
    "managed_slots", SlotList, query=SlotQuery, refuses=(BookingNotActive, PolicyRefuses, CalendarUnreachable)
)
async def slots(request: web.Request) -> web.Response:
    """List the times that a booking may be moved to."""
    services, asked = request.app[SERVICES], query(request, SlotQuery)
    return respond_slots(await list_reschedule_slots(services, request.match_info["token"], asked))


@operation("managed_cancel", ManageView, body=Reason, refuses=(BookingNotActive, PolicyRefuses))
async def cancel(request: web.Request) -> web.Response:
    """Cancel as the customer, within the policy."""
    body = await read_json(request, Reason)
    services = request.app[SERVICES]
    managed = await opened_managed(request)
    return _answer(request, await cancel_by_customer(services, managed, body.reason))


@operation(
    "managed_reschedule",
    ManageView,
    body=Move,
    refuses=(BookingNotActive, PolicyRefuses, SlotNotOffered, SlotTaken, CalendarUnreachable),
)
async def reschedule(request: web.Request) -> web.Response:
    """Move the booking as the customer, within the policy."""
    move = await read_json(request, Move)
    services = request.app[SERVICES]
    managed = await opened_managed(request)
    return _answer(request, await reschedule_by_customer(services, managed, move))


def _answer(request: web.Request, view: ManageView) -> web.Response:
    """The view, which says in the customer's language what cannot be changed."""
    reader, can = reader_of(request), view.can
    said = msgspec.structs.replace(can, why_not=reader.texts.say(can.why_not) if can.why_not else None)
    return respond_json(
        msgspec.structs.replace(view, can=said), headers={"Content-Language": reader.language}
    )
