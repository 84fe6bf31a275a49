"""The times that a booking's page offers, to which one of its hosts may move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import host_refusal
from admitone.domain.errors import PolicyRefuses
from admitone.usecases.bookings.managed import FIXED, read_managed
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.times.availability import list_slots

if TYPE_CHECKING:
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.shared.services import Caller, Services
    from admitone.usecases.times.availability import OfferedTimes, SlotQuery


async def movable_booking(services: Services, caller: Caller) -> Managed:
    """The booking that was read, with what moving it needs.

    Its `offer()` is None if its page or its event type was deleted: a host may move it then, too, but no
    times can be listed.

    Raises NotFound, Forbidden, BookingNotActive, PolicyRefuses (its page has static rules now).
    """
    booking = await own_booking(caller)
    if refusal := host_refusal(booking, "reschedule", services.now()):
        raise refusal
    managed = await read_managed(caller.snapshot, booking)
    if managed.fixed == FIXED:
        raise PolicyRefuses(FIXED)
    return managed


async def list_host_slots(services: Services, caller: Caller, query: SlotQuery) -> OfferedTimes:
    """The offered times of some days.

    Raises what `movable_booking` raises; Invalid, CalendarUnreachable; PolicyRefuses: nothing can be listed.
    """
    query.check()
    managed = await movable_booking(services, caller)
    offer = managed.offer()
    if offer is None:
        raise PolicyRefuses(managed.fixed)
    return await list_slots(services, caller.snapshot, offer, query)
