"""The case of availability with the occupied time of its users: our bookings and their calendars."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.blocks import possible_starts
from admitone.domain.availability.case import Booked
from admitone.domain.availability.decision import booked_range, busy_range
from admitone.domain.availability.schedule_hours import Interval
from admitone.domain.calendar.busy import without
from admitone.domain.errors import CalendarUnreachable
from admitone.store.records.readers import read_occupied
from admitone.usecases.times.busy_times import known_busy

if TYPE_CHECKING:
    from admitone.domain.availability.case import Case
    from admitone.usecases.shared.services import Services
    from admitone.usecases.times.availability import Offer


class UserTime(msgspec.Struct, frozen=True):
    """A user's occupied time: live bookings, and calendar events that are not ours."""

    booked: Sequence[Booked] = ()
    busy: Sequence[Interval] = ()


async def occupied_case(services: Services, workspace: str, offer: Offer, start: int, end: int) -> Case:
    """The case for starts in [start, end); raises CalendarUnreachable if no user's calendar can be read.

    Calendars are asked only about times that could be offered if they were empty. A user whose calendar
    cannot be read takes no place.
    """
    now, moving = services.now(), offer.moving.id if offer.moving else None
    first, last = possible_starts(offer.case(now), start, end)
    ranges = {
        each.owner.id: booked_range(offer.slots, each.page.hours.zone, start, end)
        for each in offer.candidates
    }
    asked = busy_range(offer.slots, first, last) if first < last else (first, first)
    # Both read from Redis; asked together, they share one trip.
    occupied, busy = await asyncio.gather(
        read_occupied(services.store, workspace, [(user, *span) for user, span in ranges.items()]),
        known_busy(services, workspace, list(ranges), *asked),
    )
    times = {}
    for user, entries in zip(ranges, occupied, strict=True):
        if (known := busy[user]) is not None:
            booked = [entry.as_booked(offer.event_type) for entry in entries if entry.booking != moving]
            times[user] = UserTime(
                booked, without(known.busy, [(entry.start, entry.end) for entry in entries])
            )
    if ranges and not times:
        raise CalendarUnreachable
    return offer.case(now, times)
