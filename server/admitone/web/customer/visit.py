"""The page of a link: `/.CODE` and `/SLUG`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.documents import encode_value
from admitone.domain.errors import (
    Busy,
    CalendarUnreachable,
    CodeWrong,
    IdempotencyKeyReused,
    Invalid,
    LinkBooked,
    OutcomeUnknown,
    Refusal,
    SlotNotOffered,
    SlotTaken,
    StorageFull,
    TooManyRequests,
)
from admitone.domain.links.link import REFUSALS, LinkState
from admitone.store.records.operations import keyed_operation
from admitone.texts.message import message
from admitone.usecases.bookings.slot_book import book_visit
from admitone.usecases.links.visit import link_of
from admitone.web.customer.booked_cookie import set_booked
from admitone.web.customer.booking_form import chosen_start, read_booking
from admitone.web.customer.choice import asked_choice, parameters, read_choice, shows_another_day
from admitone.web.customer.confirm_page import confirm_booking
from admitone.web.customer.form_body import read_form
from admitone.web.customer.form_fields import field_errors
from admitone.web.customer.gone_page import respond_gone
from admitone.web.customer.see_other import lead_to_booking, token_of
from admitone.web.customer.sent_form import read_sent
from admitone.web.customer.visit_address import form_name, visit_address
from admitone.web.customer.visit_page import Entered, respond_visit
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.connections.network_limit import limited_address
from admitone.web.http.locale import reader_of
from admitone.web.http.opened import opened_visit
from admitone.web.http.problems import STATUS, refusal_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.bookings.booking import CustomerBooking
    from admitone.usecases.links.visit import Visit
    from admitone.web.customer.sent_form import SentForm


STALE = message("This page was open for a long time. Please choose a time again.")
NOTICES: dict[type[Refusal], str] = {
    SlotTaken: message("That time was just taken."),
    SlotNotOffered: message("That time is no longer available."),
    IdempotencyKeyReused: message(
        "You have already booked a time on this page. To book another one, choose it."
    ),
    CalendarUnreachable: message(
        "The calendar can't be reached right now. Nothing is booked. Please try again."
    ),
    Busy: Busy.sentence,
    OutcomeUnknown: OutcomeUnknown.sentence,
    StorageFull: message(
        "This service can't take bookings right now because its storage is full. Nothing is booked."
    ),
    TooManyRequests: message(
        "There were too many bookings from your network or for this address. Please try again later."
    ),
}
GONE = tuple(REFUSALS.values())


async def show(request: web.Request) -> web.StreamResponse:
    """Show what can be booked; looking consumes nothing."""
    services, address = request.app[SERVICES], visit_address(request)
    try:
        visit = await opened_visit(request, address, is_look=True)
    except LinkBooked as refusal:  # it was deleted
        return respond_gone(request, link_of(address), refusal)
    state = visit.state(services.now())
    if visit.link is not None and state is not LinkState.ACTIVE:
        return respond_gone(request, visit.link.id, REFUSALS[state]())
    given = parameters(request)
    return await respond_visit(
        request, visit, asked_choice(request), Entered(values=_prefilled(given, visit))
    )


def _prefilled(given: Mapping[str, str], visit: Visit) -> dict[str, str]:
    """The values of the form that the address gives; they never override the link's person."""
    person = visit.link.person if visit.link else None
    return dict(given) | ({"name": person.name, "email": person.email} if person else {})


async def book(request: web.Request) -> web.StreamResponse:
    """Book what the form says and lead to the booking, ask to confirm it, or show the form again."""
    fields, address = await read_form(request), visit_address(request)
    sent = read_sent(request, form_name(address), fields)
    operation = keyed_operation(form_name(address), sent.id, b"") if sent else None
    try:
        visit = await opened_visit(request, address, operation=operation)
        if shows_another_day(fields):
            return await _show_again(request, visit, fields)
        if sent is None:
            return await _show_again(request, visit, fields, status=422, notice=STALE)
        if sent.is_changed:
            return await _show_again(request, visit, fields, sent=sent)
        return await _book(request, visit, fields, sent)
    except GONE as refusal:
        if (link := link_of(address)) is None:
            raise
        return respond_gone(request, link, refusal)


async def _book(
    request: web.Request, visit: Visit, fields: Mapping[str, str], sent: SentForm
) -> web.StreamResponse:
    """Book by the visit as it was read, which is read again only if configuration has changed since.

    The visit was read with the operation's id, which the nonce alone determines; what the form says adds the
    fingerprint. A form that nobody is known to have agreed to, or that lacks the code that the page asks for,
    is answered by the confirming page, or, if its operation was applied before, as that was.
    """
    services = request.app[SERVICES]
    try:
        body = _read(request, visit, fields)
        is_agreed = body.email_code is not None if visit.asks_code else sent.is_agreed
        if not is_agreed and visit.snapshot.operation is None:
            return await confirm_booking(request, visit, fields, body, sent)
        encoded = msgspec.json.encode(body, enc_hook=encode_value)
        operation = keyed_operation(sent.name, sent.id, encoded)
        booked = msgspec.structs.replace(visit, operation=operation)
        try:
            answer = await book_visit(services, booked, body, limited_address(request))
        except CodeWrong as wrong:
            return await confirm_booking(request, visit, fields, body, sent, wrong)
    except Invalid as refusal:
        errors = field_errors(refusal.errors)
        return await _show_again(request, visit, fields, status=STATUS[Invalid], errors=errors)
    except tuple(NOTICES) as refusal:
        return await _show_again(request, visit, fields, sent=sent, refusal=refusal)
    response = lead_to_booking(answer)
    if visit.link is not None:
        set_booked(request, response, visit.link.id, token_of(answer))
    return response


def _read(request: web.Request, visit: Visit, fields: Mapping[str, str]) -> CustomerBooking:
    target = visit.target
    event_type = fields.get("event_type") or (visit.link.event_type if visit.link else None)
    form = target.form(event_type) if target else ()
    knows_person = visit.link is not None and visit.link.person is not None and "email" not in fields
    return read_booking(fields, form, knows_person=knows_person, locale=reader_of(request).tag)


async def _show_again(
    request: web.Request,
    visit: Visit,
    fields: Mapping[str, str],
    *,
    sent: SentForm | None = None,
    status: int = 200,
    notice: str | None = None,
    errors: Mapping[str, str] | None = None,
    refusal: Refusal | None = None,
) -> web.Response:
    """The page with everything that was typed.

    The time stays chosen only if this form would be refused again, or if the customer came back to change it.
    A form that is changed, or whose outcome is unknown, stays the same operation.
    """
    start = chosen_start(fields)
    is_gone = isinstance(refusal, SlotTaken | SlotNotOffered)
    is_changed = sent is not None and sent.is_changed
    is_same = is_changed or isinstance(refusal, Busy | OutcomeUnknown)
    entered = Entered(
        values=fields,
        is_sent=True,
        start=start if errors or is_changed else None,
        gone=start if is_gone else None,
        nonce=sent.first_nonce if sent and is_same else None,
    )
    choice = read_choice(fields)
    if not errors and not is_gone and not is_changed:
        choice = msgspec.structs.replace(choice, highlight=start)
    if refusal is not None:
        status, notice = STATUS[type(refusal)], NOTICES[type(refusal)]
    page = await respond_visit(request, visit, choice, entered, status=status, errors=errors, notice=notice)
    if refusal is not None:
        page.headers.update(refusal_headers(refusal, STATUS[type(refusal)]))
    return page
