"""Mail a manage link again to a customer who lost it but has the one-time link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event import Event
from admitone.domain.people.email_address import same_address
from admitone.store.records.links import request_manage_link as write_request
from admitone.store.records.readers import read_bookings

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services


async def request_manage_link(services: Services, visit: Visit, email: str) -> None:
    """Mail the manage link to `email` if that address booked, at most once in ten minutes for each link.

    Neither the answer nor its timing reveals whether the address booked: the same work is done in both cases.
    """
    if visit.link is None:
        return
    workspace, link = visit.snapshot.workspace, visit.link
    booking = await _booked_by(services, workspace, link, email.strip())
    event = _event(booking, link, services.now()) if booking else None
    await write_request(services.store, workspace, link.id, event)


def _event(booking: Booking, link: Link, now: int) -> Event:
    return Event(
        type="manage_link.requested",
        at=now,
        by="customer",
        link=link.id,
        booking=booking.id,
        page=booking.page,
    )


async def _booked_by(services: Services, workspace: str, link: Link, email: str) -> Booking | None:
    """The link's last booking by this address, or None."""
    bookings = await read_bookings(services.store, workspace, link.bookings)
    return next((one for one in reversed(bookings) if same_address(one.data.email, email)), None)
