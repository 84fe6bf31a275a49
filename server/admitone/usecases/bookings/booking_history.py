"""The history of one booking, for its hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event import Event
from admitone.store.records.readers import read_histories

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Caller, Services


async def read_booking_history(services: Services, caller: Caller, booking: Booking) -> list[Event]:
    """The booking's events with their reasons, oldest first, beginning with `booking.scheduled`."""
    keys = services.store.keys(caller.workspace)
    [history] = await read_histories(services.store, keys.booking_history(booking.id))
    made = Event(type="booking.scheduled", at=booking.data.created_at, by="customer", booking=booking.id)
    return [made, *history]
