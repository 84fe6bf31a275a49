"""The caller's bookings to come that are in no calendar yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.store.records.readers import read_bookings
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.listing import Listing, filtered_listing, map_listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.listing import ListQuery
    from admitone.usecases.shared.services import Caller, Services


async def list_unwritten_bookings(
    services: Services, caller: Caller, query: ListQuery
) -> Listing[BookingView]:
    """One part of them, the soonest first; raises Invalid for a bad cursor."""
    store, me = services.store, caller.user.id

    async def read(ids: Sequence[str]) -> list[Booking]:
        return await read_bookings(store, caller.workspace, ids)

    found = await filtered_listing(
        store,
        store.keys(caller.workspace).occupied(me),
        cursor=query.cursor,
        limit=query.limit,
        newest_first=False,
        read=read,
        matches=lambda booking: _is_unwritten(booking, me),
        low=services.now(),
    )
    return map_listing(found, lambda booking: host_view(services, booking))


def _is_unwritten(booking: Booking, organiser: str) -> bool:
    is_written = booking.event is not None and booking.event.etag is not None
    return booking.status in LIVE and booking.users[0] == organiser and not is_written
