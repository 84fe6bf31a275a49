"""The caller's bookings that could not follow their events in Google Calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.readers import find_conflicts, read_bookings
from admitone.usecases.shared.booking_view import BookingView, host_view

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


async def list_conflicts(services: Services, caller: Caller) -> list[BookingView]:
    """The caller's future bookings with a conflict, the next one first."""
    found = await find_conflicts(services.store, caller.workspace, caller.user.id, services.now())
    return [
        host_view(services, each) for each in await read_bookings(services.store, caller.workspace, found)
    ]
