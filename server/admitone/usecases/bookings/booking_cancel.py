"""Cancel a booking: by its customer, within its policy, or by a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import customer_refusal, host_refusal, kept_reason
from admitone.store.codes import Code
from admitone.store.records.bookings import cancel_booking as write_cancellation
from admitone.usecases.bookings.booking_event import booking_event
from admitone.usecases.bookings.managed import reopened, view_managed
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.shared.reporting_day import reporting_day
from admitone.usecases.shared.settle import settle, settle_from

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.shared.booking_view import ManageView
    from admitone.usecases.shared.services import Caller, Services


async def cancel_by_customer(services: Services, managed: Managed, reason: str) -> ManageView:
    """Cancel the booking of a manage link.

    Raises NotFound, BookingNotActive, PolicyRefuses, Invalid, Busy.
    """

    async def attempt(managed: Managed) -> Managed | None:
        booking, kept = managed.booking, check_cancellation(services, managed, reason)
        after = await _cancel(services, managed.snapshot, booking, by="customer", reason=kept)
        return None if after is None else msgspec.structs.replace(managed, booking=after)

    return await view_managed(services, await settle_from(managed, attempt, reread=reopened))


def check_cancellation(services: Services, managed: Managed, reason: str) -> str | None:
    """The reason to keep if the customer may cancel now; raises BookingNotActive, PolicyRefuses, Invalid."""
    if refusal := customer_refusal(managed.booking, "cancel", services.now()):
        raise refusal
    return kept_reason(managed.booking.data.policy, reason)


async def cancel_by_host(
    services: Services, caller: Caller, reason: str, *, is_in_calendar: bool = False
) -> BookingView:
    """Cancel the booking that was read; raises NotFound, Forbidden, BookingNotActive, Invalid, Busy.

    With `is_in_calendar` the host has already deleted the event in Google Calendar.
    """

    async def attempt(caller: Caller) -> Booking | None:
        booking = await own_booking(caller)
        if refusal := host_refusal(booking, "cancel", services.now()):
            raise refusal
        kept = kept_reason(None, reason)
        channel = "google" if is_in_calendar else None
        return await _cancel(
            services, caller.snapshot, booking, by=caller.user.id, reason=kept, channel=channel
        )

    return host_view(services, await settle(caller, attempt))


async def _cancel(
    services: Services,
    snapshot: Snapshot,
    booking: Booking,
    *,
    by: str,
    reason: str | None,
    channel: str | None = None,
) -> Booking | None:
    """The booking after the cancellation, or None if it has changed since it was read."""
    now = services.now()
    event = cancellation(booking, at=now, by=by, reason=reason, channel=channel)
    day = await reporting_day(snapshot, now)
    answer = await write_cancellation(services.store, snapshot.workspace, booking, event, now, day)
    return None if answer.code is Code.MOVED else cancelled(booking)


def cancellation(
    booking: Booking,
    *,
    at: int,
    by: str,
    reason: str | None,
    renewed: str | None = None,
    channel: str | None = None,
) -> Event:
    """The event of a cancellation; `renewed` is the new link by which the customer can book again."""
    return booking_event(
        "booking.cancelled",
        booking,
        at=at,
        by=by,
        start=booking.start,
        reason=reason,
        renewed=renewed,
        channel=channel,
    )


def cancelled(booking: Booking) -> Booking:
    """The booking after it was cancelled."""
    return msgspec.structs.replace(booking, status="cancelled", sequence=booking.sequence + 1)
