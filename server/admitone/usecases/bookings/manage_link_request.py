"""Mail a manage link again to a customer who lost it but has the one-time link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LinkBooked, LinkNotFound
from admitone.domain.event import Event
from admitone.domain.people.email_address import same_address
from admitone.store.records.links import request_manage_link as write_request
from admitone.store.records.readers import read_bookings
from admitone.usecases.links.visit import open_visit

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.usecases.shared.services import Services

NO_WORKSPACE = "0000"
NO_BOOKING = "-"


async def request_manage_link(services: Services, address: str, email: str) -> bool:
    """Mail the manage link to `email` if that address booked, at most once in ten minutes for each link.

    Returns False if no one-time link has this `address`. Neither the answer nor its timing may reveal that,
    nor whether `email` booked: for each code one trip reads the link, one reads bookings, and one writes. If
    there is no link, the write is the caller's, who counts the miss.
    """
    try:
        visit = await open_visit(services, address)
    except (LinkNotFound, LinkBooked):  # a link that was deleted has no bookings
        visit = None
    link = visit.link if visit else None
    if visit is None or link is None:
        await read_bookings(services.store, NO_WORKSPACE, [NO_BOOKING])
        return False
    workspace = visit.snapshot.workspace
    booking = await _booked_by(services, workspace, link, email.strip())
    event = _event(booking, link, services.now()) if booking else None
    await write_request(services.store, workspace, link.id, event)
    return True


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
    bookings = await read_bookings(services.store, workspace, link.bookings or [NO_BOOKING])
    return next((one for one in reversed(bookings) if same_address(one.data.email, email)), None)
