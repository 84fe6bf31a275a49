"""The times of one day to which a host may move a booking at once: those that its page offers."""

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
    """Offered starts (epoch seconds) on that date of `zone`; none where the page or event type is gone.

    None either while calendars cannot be reached: no time would be taken.
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
