"""Take back that a customer did not come to a booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import NO_NO_SHOW
from admitone.domain.errors import BookingNotActive, SlotTaken
from admitone.store.codes import Code
from admitone.store.records.bookings import undo_no_show as write_undoing
from admitone.texts.message import message
from admitone.usecases.bookings.booking_event import booking_event
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.shared.reporting_day import reporting_day
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Caller, Services


async def undo_no_show(services: Services, caller: Caller) -> BookingView:
    """Take it back for the booking that was read; a booking that was never one stays as it is.

    It is live again, or completed if it has ended. Raises NotFound, Forbidden, BookingNotActive (cancelled),
    SlotTaken (it has not ended, and its time is), Busy.
    """

    async def attempt(caller: Caller) -> Booking | None:
        booking = await own_booking(caller)
        if booking.status == "cancelled":
            raise BookingNotActive(NO_NO_SHOW)
        if booking.status != "no_show":
            return booking
        now = services.now()
        event = booking_event("booking.no_show_undone", booking, at=now, by=caller.user.id)
        ended = await reporting_day(caller.snapshot, booking.end)
        answer = await write_undoing(services.store, caller.workspace, booking, event, now, ended)
        if answer.code is Code.TAKEN:
            raise SlotTaken(message("Its time has been booked meanwhile."))
        if answer.code is Code.MOVED:
            return None
        status = booking.was or "scheduled"
        return msgspec.structs.replace(booking, status=status, was=None, sequence=booking.sequence + 1)

    return host_view(services, await settle(caller, attempt))
