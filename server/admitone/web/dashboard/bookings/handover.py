"""The other hosts who can take a booking, and the event types of a new link for its customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotReassignable
from admitone.domain.people.user_names import names_apart
from admitone.usecases.bookings.booking_reassign import eligible_hosts
from admitone.usecases.pages.target_read import read_target

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Caller

SEPARATOR = "/"
"""Between the user who gives a booking away and the user who gets it, in one value of the form."""


async def other_hosts(caller: Caller, booking: Booking) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each user of the booking whom others can replace: the user's id, and pairs of value and name."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for place, user in enumerate(booking.users):
        try:
            candidates = await eligible_hosts(caller, booking, place)
        except NotReassignable:
            break
        names = names_apart(each.owner for each in candidates if each.owner.id not in booking.users)
        choices = [(f"{user}{SEPARATOR}{other}", name) for other, name in names.items()]
        found += [(user, choices)] if choices else []
    return found


async def other_times(caller: Caller, booking: Booking) -> list[tuple[str, str]]:
    """Ids and names of the event types for which its customer can get a new link, the booking's own first."""
    target = await read_target(caller.snapshot, booking.page)
    if target is None or not target.is_one_time:
        return []
    offered = sorted(target.offered(), key=lambda each: each.id != booking.event_type)
    return [(each.id, each.name) for each in offered]
