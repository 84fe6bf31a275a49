"""The case of availability with all that takes its users' time: our bookings, and their calendars."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from admitone.domain.availability import booked_range, busy_range
from admitone.domain.availability_blocks import possible_starts
from admitone.domain.busy import without
from admitone.store.readers import read_occupied
from admitone.usecases.busy_times import busy_times

if TYPE_CHECKING:
    from admitone.domain.availability_case import Case
    from admitone.usecases.availability import Offer
    from admitone.usecases.services import Services


async def occupied_case(services: Services, workspace: str, offer: Offer, start: int, end: int) -> Case:
    """The case of starts in [start, end); raises CalendarUnreachable.

    Calendars are asked only about times that could be offered if they were empty.
    """
    now = services.now()
    case = offer.case(now)
    first, last = possible_starts(case, start, end)
    ranges = [(offer.user, *booked_range(offer.slots, offer.page.hours.zone, start, end))]
    asked = busy_range(offer.slots, first, last) if first < last else (first, first)
    # Together they go out in one trip, as far as Redis answers them.
    [occupied], busy = await asyncio.gather(
        read_occupied(services.store, workspace, ranges),
        busy_times(services, workspace, [offer.user], *asked),
    )
    moving = offer.moving.id if offer.moving else None
    booked = [entry.as_booked(offer.event_type) for entry in occupied if entry.booking != moving]
    own = [(entry.start, entry.end) for entry in occupied]
    return offer.case(now, booked, without(busy[offer.user], own))
