"""Book a time: the pre-check that says what is offered, and the script that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain import tokens
from admitone.domain.availability.case import Verdict
from admitone.domain.availability.decision import decide
from admitone.domain.bookings.booking import Booking, BookingData
from admitone.domain.errors import (
    FieldError,
    Invalid,
    LinkBooked,
    LinkExpired,
    LinkNotFound,
    LinkRevoked,
    SlotNotOffered,
    TooManyRequests,
)
from admitone.domain.event import Event
from admitone.domain.pages.form import check_answers
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.domain.text import line_problems, text_problems
from admitone.store.codes import Code
from admitone.store.records.book import Rate, book
from admitone.store.records.documents import seal_manage_token
from admitone.store.records.operations import keep_answer, kept_answer
from admitone.store.records.readers import read_bookings
from admitone.usecases.shared.booking_view import customer_view, host_of
from admitone.usecases.shared.services import new_token, settle
from admitone.usecases.times.availability import zone_problems
from admitone.usecases.times.calendar_check import check_calendars
from admitone.usecases.times.slot_list import chosen_event_type, page_offer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.domain.bookings.booking import CustomerBooking
    from admitone.domain.errors import Refusal
    from admitone.domain.links.link import Link
    from admitone.domain.links.target import Target
    from admitone.domain.pages.event_type import EventType
    from admitone.store.records.operations import Operation
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services

HOUR = 3600
REFUSED: dict[Code, type[Refusal]] = {
    Code.NOT_FOUND: LinkNotFound,
    Code.LINK_BOOKED: LinkBooked,
    Code.LINK_REVOKED: LinkRevoked,
    Code.LINK_EXPIRED: LinkExpired,
}


async def book_slot(
    services: Services,
    visit: Callable[[], Awaitable[Visit]],
    body: CustomerBooking,
    address: str | None = None,
) -> Any:
    """Book, and answer `CustomerBookingView` or what the same Idempotency-Key was answered before.

    `visit` reads what the customer's address leads to; it is called again where configuration moved in
    between. The booking's id is made once, so that whatever is sent again is one booking. `address` is the
    hash of the network that asks, None where none is limited.

    Raises Invalid, LinkNotFound, LinkBooked and its like, SlotNotOffered, TooManyRequests, SlotTaken,
    IdempotencyKeyReused, Busy, OutcomeUnknown; in this order where several hold. And CalendarUnreachable,
    before what only the script finds out.
    """
    _refuse_text(services, body)
    token: str | None = None

    async def attempt() -> Any | None:
        nonlocal token
        here = await visit()
        if here.operation and here.snapshot.operation is not None:
            return await _kept(services, here, here.operation, here.snapshot.operation)
        token = token or new_token(here.snapshot.workspace, tokens.MANAGE_TOKEN_LENGTH)
        return await _book(services, here, body, token, await _rate(here, address))

    return await settle(attempt)


async def _rate(visit: Visit, address: str | None) -> Rate | None:
    """How often the address may book: as often as it has one-time links, and by general ones as is set."""
    most = (await visit.snapshot.settings()).general_link_bookings_per_hour
    return Rate(address, most, HOUR) if address and most and visit.link is None else None


async def _book(
    services: Services, visit: Visit, body: CustomerBooking, token: str, rate: Rate | None
) -> Any | None:
    now, workspace = services.now(), visit.snapshot.workspace
    target, event_types = visit.offered(now)
    event_type = chosen_event_type(event_types, body.event_type)
    offer = page_offer(target, event_type)
    data = _data(services, visit.link, target, event_type, body, _sealed(services, workspace, token))
    decision = decide(offer.case(now), body.start)
    if decision.verdict is Verdict.NOT_OFFERED:
        raise SlotNotOffered
    seats = offer.seats(decision.groups)
    check = await check_calendars(services, workspace, seats.users, offer.slots, body.start)
    data = msgspec.structs.replace(data, calendar=check.way)
    booking = _booking(visit, event_type, data, token, body.start)
    view = customer_view(services, booking, token, target.owner)
    operation, is_master = visit.operation, offer.master_page is not None
    answer = await book(
        visit.snapshot,
        booking,
        candidates=seats.users,
        places=seats.places,
        orders=offer.orders() if is_master else None,
        pages=[each.page.id for each in seats.candidates] if is_master else None,
        seed=booking.id if is_master else "",
        limits=check.closing(seats.users, offer.limits(seats.candidates, body.start), body.start),
        now=services.now(),
        event=Event(
            type="booking.scheduled",
            at=now,
            by="customer",
            booking=booking.id,
            link=booking.link,
            page=booking.page,
            start=booking.start,
            calendar=check.doubt,
        ),
        operation=operation,
        kept=keep_answer(operation, view, services.store.sealer) if operation else None,
        rate=rate,
    )
    if answer.code is Code.TOO_MANY:
        raise TooManyRequests(int(answer.rest[0]))
    if answer.code is Code.TAKEN:
        raise check.taken()
    if answer.code in REFUSED:
        raise REFUSED[answer.code]
    if answer.code is Code.APPLIED and operation and len(answer.rest) > 1:
        return await _kept(services, visit, operation, answer.rest[1])
    if answer.code is Code.MOVED:
        return None
    host = (
        visit.snapshot.find("user", answer.rest[0].decode().partition(",")[0]) if is_master else target.owner
    )
    return msgspec.structs.replace(view, host_name=host.name if host else "")


async def _kept(services: Services, visit: Visit, operation: Operation, kept: bytes) -> Any:
    """What was answered before; who was chosen among several was not known when that was written down."""
    answer = kept_answer(operation, kept, services.store.sealer)
    if visit.target is not None and visit.target.owner is None:
        [booking] = await read_bookings(services.store, visit.snapshot.workspace, [answer["id"]])
        host = await host_of(visit.snapshot, booking)
        answer["host_name"] = host.name if host else ""
    return answer


def _sealed(services: Services, workspace: str, token: str) -> str:
    """The manage token as the booking keeps it."""
    return seal_manage_token(workspace, tokens.booking_id(token), token, services.store.sealer)


def _booking(visit: Visit, event_type: EventType, data: BookingData, token: str, start: int) -> Booking:
    assert visit.target is not None
    slots = event_type.time_slots
    return Booking(
        id=tokens.booking_id(token),
        status="scheduled",
        start=int(start),
        end=int(start) + slots.duration,
        before=slots.before,
        after=slots.after,
        event_type=event_type.id,
        page=visit.target.page.id,
        users=(),
        sequence=0,
        link=visit.link.id if visit.link else None,
        data=data,
    )


def _refuse_text(services: Services, body: CustomerBooking) -> None:
    """Refuse what is wrong whatever the address leads to."""
    problems: list[FieldError] = []
    if body.name is not None:
        problems += line_problems("name", body.name)
    if body.email is not None and _email(services, body.email) is None:
        problems.append(FieldError("email", MESSAGE))
    if body.timezone is not None:
        problems += zone_problems("timezone", body.timezone)
    problems += text_problems("notes", body.notes)
    problems += line_problems("locale", body.locale or "", most=35, empty=True)
    if problems:
        raise Invalid(*problems)


def _data(
    services: Services,
    link: Link | None,
    target: Target,
    event_type: EventType,
    body: CustomerBooking,
    sealed_token: str,
) -> BookingData:
    """What is agreed; what the customer typed outranks the link's person. Raises Invalid."""
    name = body.name or (link.name if link else None)
    email = body.email or (link.email if link else None)
    form = target.form(event_type.id)
    answers, problems = check_answers(form, body.answers, test_addresses=services.test_addresses)
    if not name:
        problems.append(FieldError("name", "This is needed."))
    if not email:
        problems.append(FieldError("email", "This is needed."))
    if problems or name is None or email is None:
        raise Invalid(*problems)
    return BookingData(
        created_at=services.now(),
        name=name.strip(),
        email=_email(services, email) or email,
        timezone=body.timezone or target.timezone(event_type.id),
        event_type_name=event_type.name,
        location=event_type.location,
        policy=event_type.policy,
        manage=sealed_token,
        notes=body.notes.strip(),
        answers=answers,
        questions={field.id: field.label for field in form if field.id in answers},
        locale=body.locale,
    )


def _email(services: Services, text: str) -> str | None:
    return normalise_email(text, test_addresses=services.test_addresses)
