"""Which bookings a caller may change: administrators all, members those that they host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Caller


def own_booking(caller: Caller) -> Booking:
    """The booking that was read, if the caller is one of its hosts; raises NotFound or Forbidden."""
    booking = caller.snapshot.booking
    if booking is None:
        raise NotFound
    if not (caller.is_administrator or caller.user.id in booking.users):
        raise Forbidden
    return booking
