"""Record that a customer did not come to a booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import host_refusal
from admitone.store.codes import Code
from admitone.store.records.bookings import record_no_show as write_no_show
from admitone.usecases.bookings.booking_event import booking_event
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.shared.reporting_day import reporting_day
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Caller, Services


async def record_no_show(services: Services, caller: Caller) -> BookingView:
    """Record it for the booking that was read, if it has begun; a second call changes nothing.

    Raises NotFound, Forbidden, BookingNotActive, Busy.
    """

    async def attempt(caller: Caller) -> Booking | None:
        booking = await own_booking(caller)
        if booking.status == "no_show":
            return booking
        if refusal := host_refusal(booking, "no_show", services.now()):
            raise refusal
        event = booking_event("booking.no_show", booking, at=services.now(), by=caller.user.id)
        day = await reporting_day(caller.snapshot, event.at)
        answer = await write_no_show(services.store, caller.workspace, booking, event, day)
        if answer.code is Code.MOVED:
            return None
        return msgspec.structs.replace(booking, status="no_show", sequence=booking.sequence + 1)

    return host_view(services, await settle(caller, attempt))
