"""What else a booking's room offers: another host, or another time by a fresh link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotReassignable
from admitone.usecases.bookings.booking_reassign import eligible_hosts
from admitone.usecases.pages.target_read import read_target

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Caller

SEPARATOR = "/"
"""Between the user who gives a booking away and the one who gets it, in one choice of the form."""


async def other_hosts(caller: Caller, booking: Booking) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each user of the booking whose place others could take: their id, and choices with names."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for place, user in enumerate(booking.users):
        try:
            candidates = await eligible_hosts(caller, booking, place)
        except NotReassignable:
            break
        choices = [
            (f"{user}{SEPARATOR}{each.owner.id}", each.owner.name)
            for each in candidates
            if each.owner.id not in booking.users
        ]
        found += [(user, choices)] if choices else []
    return found


async def other_times(caller: Caller, booking: Booking) -> list[tuple[str, str]]:
    """The event types for which its customer can be sent a fresh link, the booking's own first."""
    target = await read_target(caller.snapshot, booking.page)
    if target is None or not target.is_one_time:
        return []
    offered = sorted(target.offered(), key=lambda each: each.id != booking.event_type)
    return [(each.id, each.name) for each in offered]
