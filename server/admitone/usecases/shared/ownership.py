"""Which links and bookings a caller may change: administrators all, members what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.domain.links.target import Target
    from admitone.usecases.shared.services import Caller


def own_link(caller: Caller, target: Target | None) -> Link:
    """The link that was read, if the caller made it or owns its page; raises NotFound or Forbidden."""
    link = caller.snapshot.link
    if link is None:
        raise NotFound
    is_owner = target is not None and target.owner is not None and target.owner.id == caller.user.id
    if not (caller.is_administrator or link.created_by == caller.user.id or is_owner):
        raise Forbidden
    return link


def own_booking(caller: Caller) -> Booking:
    """The booking that was read, if the caller is one of its hosts; raises NotFound or Forbidden."""
    booking = caller.snapshot.booking
    if booking is None:
        raise NotFound
    if not (caller.is_administrator or caller.user.id in booking.users):
        raise Forbidden
    return booking
