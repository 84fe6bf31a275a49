"""The times of one day that a booking's page offers, to which its host may move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import CalendarUnreachable
from admitone.usecases.bookings.managed import read_managed
from admitone.usecases.times.availability import SlotQuery, list_slots

if TYPE_CHECKING:
    from datetime import date

    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Caller, Services


async def free_times(services: Services, caller: Caller, booking: Booking, zone: str, day: date) -> list[int]:
    """The offered starts (epoch seconds) on date `day` in `zone`, without the booking's own start.

    The list is empty if the page or the event type was deleted, and while calendars cannot be reached, since
    a move would be refused then.
    """
    offer = (await read_managed(caller.snapshot, booking)).offer()
    if offer is None:
        return []
    try:
        query = SlotQuery(first=day, last=day, timezone=zone)
        found = await list_slots(services, caller.snapshot, offer, query)
    except CalendarUnreachable:
        return []
    return [int(slot.start) for each in found.days for slot in each.slots if slot.start != booking.start]
