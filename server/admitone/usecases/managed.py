"""A customer's own booking, by its manage link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.booking import Booking
from admitone.domain.errors import NotFound
from admitone.domain.target import Target
from admitone.store.readers import read_bookings
from admitone.store.snapshot import SETTINGS, Snapshot, Wanted, read_snapshot
from admitone.usecases.availability import Offer
from admitone.usecases.booking_view import ManageView, host_of, manage_view
from admitone.usecases.services import settle
from admitone.usecases.target_read import read_target

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.domain.event_type import EventType
    from admitone.usecases.services import Services


class Managed(msgspec.Struct, frozen=True):
    """A booking and what it takes to move it; `token` is the one that opened it."""

    snapshot: Snapshot
    booking: Booking
    token: str
    target: Target | None

    @property
    def event_type(self) -> EventType | None:
        """The event type it was made with, None where that or the page was deleted."""
        found = self.target.event_types if self.target else ()
        return next((each for each in found if each.id == self.booking.event_type), None)

    def offer(self) -> Offer | None:
        """What its new times are computed from: its own length, buffers and host, and its page as it is now.

        None where the page or the event type was deleted: such a booking can be cancelled only.
        """
        event_type, booking = self.event_type, self.booking
        if event_type is None or self.target is None:
            return None
        slots = msgspec.structs.replace(
            event_type.time_slots,
            duration=booking.end - booking.start,
            before=booking.before,
            after=booking.after,
        )
        return Offer(self.target.page, booking.users[0], event_type.id, slots, moving=booking)


async def open_managed(services: Services, text: str) -> Managed:
    """Find the booking of a manage token; raises NotFound."""
    token = tokens.normalise(text, tokens.MANAGE_TOKEN_LENGTH)
    if token is None:
        raise NotFound
    wanted = Wanted(booking=tokens.booking_id(token), records=(SETTINGS,))
    snapshot = await read_snapshot(services.store, token[: tokens.WORKSPACE_LENGTH], wanted)
    if snapshot.booking is None:
        raise NotFound
    target = await read_target(snapshot, snapshot.booking.page)
    return Managed(snapshot, snapshot.booking, token, target)


async def view_managed(services: Services, managed: Managed) -> ManageView:
    """What its manage link shows."""
    host = await host_of(managed.snapshot, managed.booking)
    return manage_view(services, managed.booking, managed.token, host, is_movable=managed.offer() is not None)


async def change_booking(
    services: Services,
    workspace: str,
    booking: Booking,
    attempt: Callable[[Booking], Awaitable[Booking | None]],
) -> Booking:
    """Try a change on `booking`, and again as it is now wherever it has moved; the booking after it.

    Raises what `attempt` raises, and Busy.
    """
    latest = booking

    async def once() -> Booking | None:
        nonlocal latest
        changed = await attempt(latest)
        if changed is None:
            [latest] = await read_bookings(services.store, workspace, [booking.id])
        return changed

    return await settle(once)
