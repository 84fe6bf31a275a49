"""The case of availability with the occupied time of its users: our bookings and their calendars."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
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
    from admitone.store.records.readers import Occupied
    from admitone.usecases.shared.services import Services
    from admitone.usecases.times.availability import Offer


class UserTime(msgspec.Struct, frozen=True):
    """A user's occupied time: live bookings, and calendar events that are not ours."""

    booked: Sequence[Booked] = ()
    busy: Sequence[Interval] = ()


BusyOfUsers = Mapping[str, tuple[Interval, ...] | None]
"""When each user's calendars are busy; None for a user whose calendar cannot be read."""
BEGUN = 0
"""The start of an event that has begun: when it began does not matter."""


async def occupied_case(services: Services, workspace: str, offer: Offer, start: int, end: int) -> Case:
    """The case for starts in [start, end); raises CalendarUnreachable if no user's calendar can be read.

    A user whose calendar cannot be read takes no place.
    """
    now = services.now()
    # Both read from Redis; asked together, they share one trip.
    occupied, busy = await asyncio.gather(
        read_occupied(services.store, workspace, booked_ranges(offer, start, end)),
        busy_of_users(services, workspace, offer, start, end, now),
    )
    return case_with(offer, now, occupied, busy)


def booked_ranges(offer: Offer, start: int, end: int) -> list[tuple[str, int, int]]:
    """For each user the range in which bookings start that matter for starts in [start, end)."""
    ranges = {
        each.owner.id: booked_range(offer.slots, each.page.hours.zone, start, end)
        for each in offer.candidates
    }
    return [(user, *span) for user, span in ranges.items()]


async def busy_of_users(
    services: Services, workspace: str, offer: Offer, start: int, end: int, now: int
) -> BusyOfUsers:
    """When the offer's users are busy; raises CalendarUnreachable if no user's calendar can be read.

    Calendars are asked only about times that could be offered if they were empty.
    """
    users = list(dict.fromkeys(each.owner.id for each in offer.candidates))
    if services.google is None:
        return dict.fromkeys(users, ())
    first, last = possible_starts(offer.case(now), start, end)
    asked = busy_range(offer.slots, first, last) if first < last else (first, first)
    found = await known_busy(services, workspace, users, *asked)
    if users and not any(found.values()):
        raise CalendarUnreachable
    return {user: _begun(known.busy, asked[0]) if known else None for user, known in found.items()}


def _begun(busy: Sequence[Interval], first: int) -> tuple[Interval, ...]:
    return tuple((BEGUN if low <= first else low, high) for low, high in busy)


def case_with(offer: Offer, now: int, occupied: Occupied, busy: BusyOfUsers) -> Case:
    """The case, from what was read for `booked_ranges` and of the calendars."""
    moving = offer.moving.id if offer.moving else None
    times = {}
    for (user, known), entries in zip(busy.items(), occupied.times, strict=True):
        if known is not None:
            booked = [entry.as_booked(offer.event_type) for entry in entries if entry.booking != moving]
            times[user] = UserTime(booked, without(known, [(entry.start, entry.end) for entry in entries]))
    return offer.case(now, times)
