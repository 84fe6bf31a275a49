"""Whom of a booking's guests we tell of it (docs/rules/sending.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.recipient import recipient_key
from admitone.store.records.budgets import count_guest_booking
from admitone.store.records.erasures import erased_among
from admitone.usecases.shared.strangers import strangers

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services


async def told_guests(services: Services, snapshot: Snapshot, booking: Booking) -> list[str]:
    """The guests who take part as such: hosts are told as hosts, and nobody whose data were erased since."""
    if not booking.data.guests:
        return []
    users = await snapshot.load(*(("user", user) for user in booking.users))
    hosts = {recipient_key(user.email) for user in users if user is not None}
    guests = [guest for guest in booking.data.guests if recipient_key(guest) not in hosts]
    if not guests:
        return []
    erased = await erased_among(services.store, snapshot.workspace, guests, booking.data.created_at)
    return [guest for guest in guests if guest not in erased]


async def is_within_budget(services: Services, snapshot: Snapshot, booking: Booking, guest: str) -> bool:
    """Whether a guest may be told of this booking at all; counts as one booking that does so.

    By a general link anybody can name anybody, so few bookings of one page tell one person.
    """
    if booking.link is not None or not await strangers(snapshot, [guest]):
        return True
    return await count_guest_booking(
        services.store, snapshot.workspace, booking.page, guest, booking.id, services.now()
    )
