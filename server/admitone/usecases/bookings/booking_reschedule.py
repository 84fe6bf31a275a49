"""Move a booking to another start: by its customer to an offered time, or by a host to any that is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.case import Verdict
from admitone.domain.availability.decision import decide
from admitone.domain.availability.zones import DAY, EPOCH_DATE, LAST_DATE
from admitone.domain.bookings.booking import customer_refusal, host_refusal, kept_reason
from admitone.domain.budgets import MOVES
from admitone.domain.errors import PolicyRefuses, SlotNotOffered
from admitone.store.codes import Code
from admitone.store.records.book import BookingTime
from admitone.store.records.bookings import reschedule_booking as write_reschedule
from admitone.texts.message import message
from admitone.usecases.bookings.booking_event import booking_event
from admitone.usecases.bookings.managed import FIXED, is_fixed, open_managed, reopened, view_managed
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.shared.reporting_day import reporting_day
from admitone.usecases.shared.settle import settle, settle_from
from admitone.usecases.times.availability import Offer, OfferedTimes, SlotQuery, list_slots
from admitone.usecases.times.calendar_check import CalendarCheck, check_move
from admitone.usecases.times.free_start import refuse_unless_free

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking, Move
    from admitone.domain.event import Event
    from admitone.store.records.book import Limits
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.shared.booking_view import ManageView
    from admitone.usecases.shared.services import Caller, Services

LATEST = (LAST_DATE - EPOCH_DATE) * DAY
"""No booking is moved to this start or later: its end, or the end of its day, would not be a date."""


async def list_reschedule_slots(services: Services, token: str, query: SlotQuery) -> OfferedTimes:
    """The times to which the booking of a manage token may be moved.

    Raises Invalid, NotFound, BookingNotActive, PolicyRefuses, TooManyRequests, CalendarUnreachable.
    """
    query.check()
    managed = await open_managed(services, token)
    if refusal := customer_refusal(managed.booking, "reschedule", services.now()):
        raise refusal
    offer = managed.offer()
    if offer is None:
        raise PolicyRefuses(managed.fixed)
    return await list_slots(services, managed.snapshot, offer, query)


async def reschedule_by_customer(services: Services, managed: Managed, move: Move) -> ManageView:
    """Reschedule the booking of a manage link; a move to the start that it has already changes nothing.

    Raises NotFound, BookingNotActive, PolicyRefuses, TooManyRequests, Invalid, SlotNotOffered,
    CalendarUnreachable, SlotTaken; in this order, since only the script finds the last one. And Busy.
    """

    async def attempt(managed: Managed) -> Managed | None:
        booking, (offer, reason) = managed.booking, _check(services, managed, move)
        if booking.start == move.start:
            return managed
        if decide(offer.case(services.now()), move.start).verdict is Verdict.NOT_OFFERED:
            raise SlotNotOffered
        check = await check_move(services, managed.snapshot.workspace, booking, move.start)
        event = _event(services, booking, move, "customer", reason, check)
        limits = check.closing(booking.users, offer.limits(offer.candidates, move.start), move.start)
        moved = await _move(managed.snapshot, booking, event, limits, check)
        return None if moved is None else msgspec.structs.replace(managed, booking=moved)

    return await view_managed(services, await settle_from(managed, attempt, reread=reopened))


async def preview_reschedule(services: Services, managed: Managed, move: Move) -> str | None:
    """Check a move as far as that is possible without writing, and return the reason that it would keep.

    Raises what `reschedule_by_customer` raises, in the same order.
    """
    offer, reason = _check(services, managed, move)
    await refuse_unless_free(services, managed.snapshot.workspace, offer, move.start)
    return reason


def _check(services: Services, managed: Managed, move: Move) -> tuple[Offer, str | None]:
    """The input for computing the new times, and the reason to keep.

    Raises BookingNotActive, PolicyRefuses, TooManyRequests, Invalid.
    """
    if refusal := customer_refusal(managed.booking, "reschedule", services.now()):
        raise refusal
    reason = kept_reason(managed.booking.data.policy, move.reason)
    offer = managed.offer()
    if offer is None:
        raise PolicyRefuses(managed.fixed)
    return offer, reason


async def reschedule_by_host(
    services: Services, caller: Caller, move: Move, *, is_in_calendar: bool = False
) -> BookingView:
    """Reschedule the booking that was read to any future start at which its hosts are free.

    With `is_in_calendar` the host has already moved the event in Google Calendar, so no calendar is asked.

    Raises NotFound, Forbidden, BookingNotActive, PolicyRefuses (its page has static rules now), Invalid,
    SlotNotOffered (not in the future), CalendarUnreachable, SlotTaken, Busy.
    """

    async def attempt(caller: Caller) -> Booking | None:
        booking = await own_booking(caller)
        if refusal := host_refusal(booking, "reschedule", services.now()):
            raise refusal
        if is_fixed(booking, await read_target(caller.snapshot, booking.page)):
            raise PolicyRefuses(FIXED)
        if booking.start == move.start:
            return booking
        if not services.now() < move.start < LATEST:
            raise SlotNotOffered(
                message("Choose a time in the future.")
                if move.start < LATEST
                else message("Choose an earlier time.")
            )
        reason = kept_reason(None, move.reason)
        check = CalendarCheck()
        if not is_in_calendar:
            check = await check_move(services, caller.workspace, booking, move.start)
        event = _event(services, booking, move, caller.user.id, reason, check)
        limits = check.closing(booking.users, [[] for _ in booking.users], move.start)
        return await _move(caller.snapshot, booking, event, limits, check)

    return host_view(services, await settle(caller, attempt))


async def _move(
    snapshot: Snapshot, booking: Booking, event: Event, limits: Limits, check: CalendarCheck
) -> Booking | None:
    """The booking after the move, or None if what it was decided upon has changed."""
    assert event.start is not None
    end = event.start + booking.end - booking.start
    slot = BookingTime(event.start, end, booking.before, booking.after, booking.event_type)
    moved = MOVES.noted(booking.moved, event.at) if event.by == "customer" else None
    day = await reporting_day(snapshot, event.at)
    answer = await write_reschedule(snapshot, booking, slot, limits=limits, moved=moved, event=event, day=day)
    if answer.code is Code.TAKEN:
        raise check.taken()
    if answer.code is Code.MOVED:
        return None
    return msgspec.structs.replace(
        booking,
        status="rescheduled",
        start=slot.start,
        end=slot.end,
        sequence=booking.sequence + 1,
        reschedules=booking.reschedules + (moved is not None),
        moved=booking.moved if moved is None else moved,
    )


def _event(
    services: Services, booking: Booking, move: Move, by: str, reason: str | None, check: CalendarCheck
) -> Event:
    return booking_event(
        "booking.rescheduled",
        booking,
        at=services.now(),
        by=by,
        start=int(move.start),
        was=booking.start,
        reason=reason,
        calendar=check.doubt,
    )
