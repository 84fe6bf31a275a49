"""Give a booking to another host who could have been chosen for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import host_refusal, kept_reason
from admitone.domain.errors import NotReassignable, SlotTaken, invalid
from admitone.store.codes import Code
from admitone.store.records.bookings import reassign_booking as write_reassignment
from admitone.texts.message import message
from admitone.usecases.bookings.booking_event import booking_event
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.shared.settle import settle
from admitone.usecases.times.calendar_check import check_booking

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking, Reassignment
    from admitone.domain.links.target import Candidate
    from admitone.usecases.shared.services import Caller, Services


async def reassign_booking(services: Services, caller: Caller, body: Reassignment) -> BookingView:
    """Give the booking that was read to another eligible host who is free then; the time stays as it is.

    Raises NotFound, Forbidden, BookingNotActive, NotReassignable, CalendarUnreachable, SlotTaken, Busy; and
    Invalid if `host` is not eligible or takes part already, or if `instead_of` does not take part.
    """

    async def attempt(caller: Caller) -> Booking | None:
        booking = await own_booking(caller)
        if refusal := host_refusal(booking, "reassign", services.now()):
            raise refusal
        reason = kept_reason(None, body.reason)
        place = _place(booking, body)
        candidates = await eligible_hosts(caller, booking, place)
        if body.host == booking.users[place]:
            return booking
        if body.host in booking.users:
            raise invalid("host", message("This host takes part already."))
        chosen = next((each for each in candidates if each.owner.id == body.host), None)
        if chosen is None:
            raise invalid("host", message("This host cannot be chosen for this booking."))
        return await _write(services, caller, booking, place, chosen, reason)

    return host_view(services, await settle(caller, attempt))


async def eligible_hosts(caller: Caller, booking: Booking, place: int = 0) -> list[Candidate]:
    """The candidates for a place of a booking (0 is the primary), as its master page is now.

    Raises NotReassignable if no host was chosen for the booking, or if the page no longer has such a place.
    """
    target = await read_target(caller.snapshot, booking.page) if booking.pages else None
    places = target.places.get(booking.event_type, ()) if target else ()
    if place >= len(places):
        raise NotReassignable
    return list(places[place].candidates)


def _place(booking: Booking, body: Reassignment) -> int:
    if body.instead_of is None:
        return 0
    if body.instead_of not in booking.users:
        raise invalid("instead_of", message("This user does not take part in the booking."))
    return list(booking.users).index(body.instead_of)


async def _write(
    services: Services, caller: Caller, booking: Booking, place: int, chosen: Candidate, reason: str | None
) -> Booking | None:
    """The booking after the change, or None if what it was decided upon has changed."""
    now, users, pages = services.now(), list(booking.users), list(booking.pages)
    users[place], pages[place] = chosen.owner.id, chosen.page.id
    check = await check_booking(services, caller.workspace, booking, [chosen.owner.id])
    [limits] = check.closing([chosen.owner.id], [[]], booking.start)
    event = booking_event(
        "booking.reassigned",
        booking,
        at=now,
        by=caller.user.id,
        start=booking.start,
        reason=reason,
        gave=booking.users[place],
        took=chosen.owner.id,
        organiser=booking.users[0],
        assignment=booking.assignment,
        calendar=check.doubt,
    )
    answer = await write_reassignment(
        caller.snapshot, booking, users=users, pages=pages, limits=limits, event=event, now=now
    )
    if answer.code is Code.TAKEN:
        raise SlotTaken(message("This host is not free then."))
    if answer.code is Code.MOVED:
        return None
    return msgspec.structs.replace(
        booking,
        users=users,
        pages=pages,
        sequence=booking.sequence + 1,
        assignment=booking.assignment + 1,
    )
