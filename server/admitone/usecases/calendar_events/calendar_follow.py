"""Cancel or move a booking after its host deleted or moved its event in Google Calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import Move, host_refusal
from admitone.domain.errors import BookingNotActive, Refusal
from admitone.domain.instant import Instant
from admitone.domain.jobs.job import JobDelayed
from admitone.google.calendar import WHOLE_DAY
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.bookings.booking_cancel import cancel_by_host
from admitone.usecases.bookings.booking_reschedule import reschedule_by_host
from admitone.usecases.shared.services import Caller

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Services


async def follow_deletion(services: Services, workspace: str, booking: Booking) -> None:
    """Cancel the booking, unless it has ended or changed since it was read; raises JobDelayed."""
    caller = await _host(services, workspace, booking)
    if caller is None or host_refusal(booking, "cancel", services.now()):
        return
    try:
        await cancel_by_host(services, caller, "", is_in_calendar=True)
    except BookingNotActive:
        return
    except Refusal as refusal:
        if not refusal.retry:
            raise
        raise JobDelayed(refusal.detail) from None


async def follow_move(services: Services, workspace: str, booking: Booking, start: int) -> bool:
    """Move the booking; False if its host may not, since the time is taken, past, or a whole day.

    Raises JobDelayed.
    """
    caller = await _host(services, workspace, booking)
    if caller is None or host_refusal(booking, "reschedule", services.now()):
        return True
    if start == WHOLE_DAY:
        return False
    try:
        await reschedule_by_host(services, caller, Move(start=Instant(start)), is_in_calendar=True)
    except BookingNotActive:
        return True
    except Refusal as refusal:
        if not refusal.retry:
            return False
        raise JobDelayed(refusal.detail) from None
    return True


async def _host(services: Services, workspace: str, booking: Booking) -> Caller | None:
    """The booking's host as the caller; None if the booking has changed since it was read."""
    wanted = Wanted(booking=booking.id, records=(("user", booking.users[0]),))
    snapshot = await read_snapshot(services.store, workspace, wanted)
    host = snapshot.find("user", booking.users[0])
    is_same = snapshot.booking is not None and snapshot.booking.sequence == booking.sequence
    return Caller(snapshot, host) if host is not None and is_same else None
