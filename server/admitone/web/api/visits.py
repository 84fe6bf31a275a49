"""A customer's calls on a link: `/api/v1/book/CODE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import CustomerBooking, EmailCodeRequest
from admitone.domain.errors import CalendarUnreachable, CodeWrong, NotFound, SlotNotOffered, SlotTaken
from admitone.usecases.bookings.email_code import request_email_code
from admitone.usecases.bookings.slot_book import book_slot
from admitone.usecases.links.link_open import open_link
from admitone.usecases.links.visit import one_spelling, open_visit
from admitone.usecases.links.visit_view import VisitView, view_visit
from admitone.usecases.shared.booking_view import CustomerBookingView
from admitone.usecases.times.availability import SlotQuery
from admitone.usecases.times.slot_list import list_visit_slots
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.body import no_content, query, read_json, respond_created, respond_json
from admitone.web.http.caller import idempotency
from admitone.web.http.connections.network_limit import limited_address
from admitone.web.http.locale import reader_of
from admitone.web.http.opened import opened_visit
from admitone.web.http.slots_answer import SlotList, respond_slots
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


class VisitQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`event_type` is the one whose questions are shown, if the page offers several."""

    event_type: str | None = None


@operation("visit_get", VisitView, query=VisitQuery)
async def get(request: web.Request) -> web.Response:
    """Show what a code or slug offers; a look, which consumes nothing."""
    event_type = request.query.get("event_type")
    services = request.app[SERVICES]
    visit = await opened_visit(request, request.match_info["code"], is_look=True)
    return respond_json(await view_visit(services, visit, await visit.snapshot.settings(), event_type))


@operation("visit_slots", SlotList, query=SlotQuery, refuses=(CalendarUnreachable,))
async def slots(request: web.Request) -> web.Response:
    """List the offered times."""
    services, asked = request.app[SERVICES], query(request, SlotQuery)
    return respond_slots(await list_visit_slots(services, request.match_info["code"], asked))


@operation(
    "visit_book",
    CustomerBookingView,
    body=CustomerBooking,
    status=201,
    refuses=(CodeWrong, SlotNotOffered, SlotTaken, CalendarUnreachable),
)
async def book(request: web.Request) -> web.Response:
    """Book a time."""
    services, code = request.app[SERVICES], request.match_info["code"]
    body = await read_json(request, CustomerBooking)
    operation = await idempotency(request, one_spelling(code))

    network = limited_address(request)
    answer = await book_slot(services, code, body, operation=operation, network=network)
    return respond_created(answer, f"/api/v1/manage/{answer.manage_url.rpartition('/')[2]}")


@operation("visit_confirm", body=EmailCodeRequest, status=202, refuses=(NotFound,))
async def confirm(request: web.Request) -> web.Response:
    """Mail the code that confirms an address, if the page asks for one; the answer never tells whether."""
    services, body = request.app[SERVICES], await read_json(request, EmailCodeRequest)
    visit = await opened_visit(request, request.match_info["code"])
    network, locale = limited_address(request), reader_of(request).tag
    await request_email_code(services, visit, body.email, network, locale)
    return no_content(202)


@operation("visit_opened", status=204)
async def opened(request: web.Request) -> web.Response:
    """Note that a person touched the page."""
    services = request.app[SERVICES]
    await open_link(services, await open_visit(services, request.match_info["code"]))
    return no_content()
