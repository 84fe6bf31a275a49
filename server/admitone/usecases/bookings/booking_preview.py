"""What a booking would be: checked as far as that is possible without writing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import BookingData
from admitone.domain.pages.event_type import EventType
from admitone.usecases.bookings.booking_data import booking_data, refuse_text
from admitone.usecases.times.free_start import refuse_unless_free
from admitone.usecases.times.slot_list import chosen_event_type, page_offer

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import CustomerBooking
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services


class BookingPreview(msgspec.Struct, frozen=True):
    """A booking that is not made yet; `data` has no manage token."""

    event_type: EventType
    data: BookingData
    start: int
    end: int


async def preview_booking(services: Services, visit: Visit, body: CustomerBooking) -> BookingPreview:
    """The booking that `book_visit` would make now; nothing is written and no limit is counted.

    Raises what `book_visit` raises, in the same order, but for TooManyRequests.
    """
    refuse_text(services, body)
    target, event_types = visit.offered(services.now())
    event_type = chosen_event_type(event_types, body.event_type)
    data = await booking_data(services, visit, target, event_type, body, sealed_token="")
    offer = page_offer(target, event_type)
    await refuse_unless_free(services, visit.snapshot.workspace, offer, body.start)
    return BookingPreview(event_type, data, body.start, body.start + offer.slots.duration)
