"""The events of bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.event import Event

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import EventKind


def booking_event(type_: EventKind, booking: Booking, *, at: int, by: str, **details: Any) -> Event:
    """An event of a booking; `details` are further fields of `Event`, such as `start` or `reason`."""
    return Event(
        type=type_, at=at, by=by, booking=booking.id, link=booking.link, page=booking.page, **details
    )
