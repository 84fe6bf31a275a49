"""Book a time: the pre-check that says what is offered, and the script that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.availability.case import Verdict
from admitone.domain.availability.decision import decide
from admitone.domain.bookings.booking import Booking, BookingData
from admitone.domain.budgets import HOUR, RECIPIENT_BOOKINGS
from admitone.domain.errors import (
    CodeWrong,
    LinkBooked,
    LinkExpired,
    LinkNotFound,
    LinkRevoked,
    SlotNotOffered,
    TooManyRequests,
)
from admitone.store.codes import Code
from admitone.store.records.book import Rate, book
from admitone.store.records.budgets import recipient_hash
from admitone.store.records.documents import seal_manage_token
from admitone.store.records.operations import keep_answer, kept_answer
from admitone.store.records.readers import read_bookings
from admitone.usecases.bookings.booking_data import booking_data, refuse_text
from admitone.usecases.bookings.booking_event import booking_event
from admitone.usecases.bookings.email_code import given_code
from admitone.usecases.links.visit import open_visit, reopened
from admitone.usecases.shared.booking_view import CustomerBookingView, customer_view, host_of
from admitone.usecases.shared.reporting_day import reporting_day
from admitone.usecases.shared.services import new_token
from admitone.usecases.shared.settle import settle_from
from admitone.usecases.times.calendar_check import check_calendars
from admitone.usecases.times.slot_list import chosen_event_type, page_offer

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import CustomerBooking
    from admitone.domain.errors import Refusal
    from admitone.domain.pages.event_type import EventType
    from admitone.domain.people.user import User
    from admitone.store.records.mail.email_codes import GivenCode
    from admitone.store.records.operations import Operation
    from admitone.store.store import ScriptAnswer
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services
    from admitone.usecases.times.availability import Offer, Seats
    from admitone.usecases.times.calendar_check import CalendarCheck

REFUSED: dict[Code, type[Refusal]] = {
    Code.NOT_FOUND: LinkNotFound,
    Code.LINK_BOOKED: LinkBooked,
    Code.LINK_REVOKED: LinkRevoked,
    Code.LINK_EXPIRED: LinkExpired,
    Code.CODE_WRONG: CodeWrong,
}


async def book_slot(
    services: Services,
    address: str,
    body: CustomerBooking,
    *,
    operation: Operation | None = None,
    network: str | None = None,
) -> CustomerBookingView:
    """Book a time at `address`, which is a one-time code or a slug; otherwise as `book_visit`.

    Raises LinkNotFound after Invalid for what is wrong whatever the address leads to.
    """
    refuse_text(services, body)
    visit = await open_visit(services, address, operation=operation)
    return await _book_visit(services, visit, body, network)


async def book_visit(
    services: Services, visit: Visit, body: CustomerBooking, network: str | None = None
) -> CustomerBookingView:
    """Book a time of a visit's page; a second call with the same operation returns the first answer.

    The visit is read again if configuration has changed since. The booking's id is made once, so that several
    attempts are one booking. `network` is the hash of the network that asks, None if none is limited.

    Raises Invalid, LinkNotFound, LinkBooked and the other refusals of its state, SlotNotOffered,
    CalendarUnreachable, TooManyRequests, SlotTaken, CodeWrong; in this order (docs/rules/links.md), except
    that the script, which comes after CalendarUnreachable, judges the link once more, and that a missing code
    is refused before SlotNotOffered. And IdempotencyKeyReused, Busy,
    OutcomeUnknown.
    """
    refuse_text(services, body)
    return await _book_visit(services, visit, body, network)


async def _book_visit(
    services: Services, visit: Visit, body: CustomerBooking, network: str | None
) -> CustomerBookingView:
    token = new_token(visit.snapshot.workspace, tokens.MANAGE_TOKEN_LENGTH)

    async def attempt(visit: Visit) -> CustomerBookingView | None:
        if visit.operation and visit.snapshot.operation is not None:
            return await _kept(services, visit, visit.operation, visit.snapshot.operation)
        return await _book(services, visit, body, token, await _rate(visit, network))

    return await settle_from(visit, attempt, reread=reopened)


async def _rate(visit: Visit, network: str | None) -> Rate | None:
    """How often the network may book by general links; one-time links are not limited so."""
    if not network or visit.link is not None:
        return None
    most = (await visit.snapshot.settings()).general_link_bookings_per_hour
    return Rate(network, most, HOUR) if most else None


def _recipient(services: Services, visit: Visit, email: str) -> Rate | None:
    """How often the page may be booked by its general link for the customer's address."""
    if visit.link is not None:
        return None
    digest = recipient_hash(services.store, visit.snapshot.workspace, email)
    return Rate(digest, RECIPIENT_BOOKINGS.most, RECIPIENT_BOOKINGS.period)


async def _book(
    services: Services, visit: Visit, body: CustomerBooking, token: str, rate: Rate | None
) -> CustomerBookingView | None:
    """The booking's view, or None if the configuration has changed since it was read."""
    now, workspace = services.now(), visit.snapshot.workspace
    target, event_types = visit.offered(now)
    event_type = chosen_event_type(event_types, body.event_type)
    offer = page_offer(target, event_type)
    booking_id = tokens.booking_id(token)
    sealed = seal_manage_token(workspace, booking_id, token, services.store.sealer)
    data = await booking_data(services, visit, target, event_type, body, sealed)
    code = given_code(services, visit, data.email, body.email_code)
    decision = decide(offer.case(now), body.start)
    if decision.verdict is Verdict.NOT_OFFERED:
        raise SlotNotOffered
    seats = offer.seats(decision.groups)
    check = await check_calendars(services, workspace, seats.users, offer.slots, body.start)
    if check.way is not None:
        data = msgspec.structs.replace(data, calendar=check.way)
    booking = _booking(visit, event_type, data, booking_id, body.start)
    view = customer_view(services, booking, token, target.owner)
    answer = await _write(services, visit, booking, view, offer, seats, check, rate, code)
    if answer.code is Code.APPLIED and visit.operation and len(answer.rest) > 1:
        return await _kept(services, visit, visit.operation, answer.rest[1])
    if answer.code is Code.MOVED:
        return None
    host = target.owner if offer.master_page is None else _chosen_host(visit, answer)
    return msgspec.structs.replace(view, host_name=host.name if host else "")


async def _write(
    services: Services,
    visit: Visit,
    booking: Booking,
    view: CustomerBookingView,
    offer: Offer,
    seats: Seats,
    check: CalendarCheck,
    rate: Rate | None,
    code: GivenCode | None,
) -> ScriptAnswer:
    """The script's answer; raises TooManyRequests, SlotTaken, CodeWrong and the refusals of a link."""
    operation, is_master = visit.operation, offer.master_page is not None
    answer = await book(
        visit.snapshot,
        booking,
        visit.link,
        candidates=seats.users,
        places=seats.places,
        orders=offer.orders() if is_master else None,
        pages=[each.page.id for each in seats.candidates] if is_master else None,
        seed=booking.id if is_master else "",
        limits=check.closing(seats.users, offer.limits(seats.candidates, booking.start), booking.start),
        now=services.now(),
        day=await reporting_day(visit.snapshot, booking.data.created_at),
        event=booking_event(
            "booking.scheduled",
            booking,
            at=booking.data.created_at,
            by="customer",
            start=booking.start,
            calendar=check.doubt,
        ),
        operation=operation,
        kept=keep_answer(operation, view, services.store.sealer) if operation else None,
        rate=rate,
        recipient=_recipient(services, visit, booking.data.email),
        code=code,
    )
    if answer.code is Code.TOO_MANY:
        raise TooManyRequests(int(answer.rest[0]))
    if answer.code is Code.TAKEN:
        raise check.taken()
    if answer.code in REFUSED:
        raise REFUSED[answer.code]
    return answer


def _chosen_host(visit: Visit, answer: ScriptAnswer) -> User | None:
    """The organiser whom the script chose among the hosts of a master page."""
    found: User | None = visit.snapshot.find("user", answer.rest[0].decode().partition(",")[0])
    return found


async def _kept(services: Services, visit: Visit, operation: Operation, kept: bytes) -> CustomerBookingView:
    """The earlier answer; it was kept before the script chose a host among several, so the host is added."""
    answer = kept_answer(operation, kept, services.store.sealer, CustomerBookingView)
    if visit.target is not None and visit.target.owner is None:
        [booking] = await read_bookings(services.store, visit.snapshot.workspace, [answer.id])
        host = await host_of(visit.snapshot, booking)
        answer = msgspec.structs.replace(answer, host_name=host.name if host else "")
    return answer


def _booking(visit: Visit, event_type: EventType, data: BookingData, booking_id: str, start: int) -> Booking:
    assert visit.target is not None
    slots = event_type.time_slots
    return Booking(
        id=booking_id,
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
