"""A customer's own booking, by its manage link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.bookings.booking import Booking
from admitone.domain.errors import BookingDeleted, NotFound
from admitone.domain.links.target import Candidate, Place, Target
from admitone.store.records.configuration.snapshot import SETTINGS, Snapshot, Wanted, read_snapshot
from admitone.texts.message import message
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.booking_view import ManageView, host_of, manage_view
from admitone.usecases.times.availability import Offer

if TYPE_CHECKING:
    from admitone.domain.pages.event_type import EventType
    from admitone.store.store import Store
    from admitone.usecases.shared.services import Services


PAGE_GONE = message(
    "This booking can't be rescheduled because its page no longer exists. You can still cancel it."
)
FIXED = message(
    "This booking can't be rescheduled because its page no longer offers one-time links. "
    "You can still cancel it."
)


class Managed(msgspec.Struct, frozen=True):
    """A booking with the records that moving it needs; `token` is its manage token, empty for hosts."""

    snapshot: Snapshot
    booking: Booking
    token: str
    target: Target | None
    hosts: Sequence[Candidate] | None
    """Its users with the booking pages that they were chosen by; None if one of these was deleted."""

    @property
    def event_type(self) -> EventType | None:
        """The event type that it was booked with, None if the event type or the page was deleted."""
        found = self.target.event_types if self.target else ()
        return next((each for each in found if each.id == self.booking.event_type), None)

    @property
    def fixed(self) -> str | None:
        """A sentence that says why it can be cancelled but not moved; None if it can be moved."""
        if is_fixed(self.booking, self.target):
            return FIXED
        return PAGE_GONE if self.event_type is None or self.hosts is None else None

    def offer(self) -> Offer | None:
        """The input for computing its new times: its own length, buffers and hosts, with their present pages.

        None if the booking can be cancelled only.
        """
        event_type, booking = self.event_type, self.booking
        if self.fixed or event_type is None or self.hosts is None:
            return None
        slots = msgspec.structs.replace(
            event_type.time_slots,
            duration=booking.end - booking.start,
            before=booking.before,
            after=booking.after,
        )
        return Offer(
            places=[Place([host]) for host in self.hosts],
            event_type=event_type.id,
            slots=slots,
            timezone=self.hosts[0].page.schedule.timezone,
            moving=booking,
        )


async def open_managed(services: Services, text: str) -> Managed:
    """The booking of a manage token; raises NotFound, BookingDeleted."""
    token = tokens.normalise(text, tokens.MANAGE_TOKEN_LENGTH)
    if token is None:
        raise NotFound
    return await _open(services.store, token)


async def reopened(managed: Managed) -> Managed:
    """The same booking as it is now; raises NotFound, BookingDeleted."""
    return await _open(managed.snapshot.store, managed.token)


async def _open(store: Store, token: str) -> Managed:
    wanted = Wanted(booking=tokens.booking_id(token), records=(SETTINGS,))
    snapshot = await read_snapshot(store, token[: tokens.WORKSPACE_LENGTH], wanted)
    if snapshot.is_booking_deleted:
        raise BookingDeleted
    if snapshot.booking is None:
        raise NotFound
    return await read_managed(snapshot, snapshot.booking, token)


async def read_managed(snapshot: Snapshot, booking: Booking, token: str = "") -> Managed:
    """A booking that was read already, with the records that moving it needs."""
    target = await read_target(snapshot, booking.page)
    pages = booking.pages or [booking.page] * len(booking.users)
    found = await snapshot.load(
        *(("booking_page", page) for page in pages), *(("user", user) for user in booking.users)
    )
    hosts = None if None in found else list(map(Candidate, found[: len(pages)], found[len(pages) :]))
    return Managed(snapshot, booking, token, target, hosts)


def is_fixed(booking: Booking, target: Target | None) -> bool:
    """Whether it cannot be moved: it was booked by a one-time link, and its page now has static rules."""
    return booking.link is not None and target is not None and not target.is_one_time


async def view_managed(services: Services, managed: Managed) -> ManageView:
    """The booking as its manage link shows it."""
    host = await host_of(managed.snapshot, managed.booking)
    return manage_view(services, managed.booking, managed.token, host, fixed=managed.fixed)
