"""Cancel a booking: by its customer, within its policy, or by a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import customer_refusal, host_refusal, kept_reason
from admitone.domain.event import Event
from admitone.store.codes import Code
from admitone.store.records.bookings import cancel_booking as write_cancellation
from admitone.usecases.bookings.managed import change_booking, open_managed, view_managed
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.ownership import own_booking

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.booking_view import ManageView
    from admitone.usecases.shared.services import Caller, Services


async def cancel_by_customer(services: Services, token: str, reason: str) -> ManageView:
    """Cancel the booking of a manage token; raises NotFound, BookingNotActive, PolicyRefuses, Invalid."""
    managed = await open_managed(services, token)
    workspace = managed.snapshot.workspace

    async def attempt(booking: Booking) -> Booking | None:
        if refusal := customer_refusal(booking, "cancel", services.now()):
            raise refusal
        kept = kept_reason(booking.data.policy, reason)
        return await _cancel(services, workspace, booking, by="customer", reason=kept)

    booking = await change_booking(services, workspace, managed.booking, attempt)
    return await view_managed(services, msgspec.structs.replace(managed, booking=booking))


async def cancel_by_host(services: Services, caller: Caller, reason: str) -> BookingView:
    """Cancel the booking that was read; raises NotFound, Forbidden, BookingNotActive, Invalid."""

    async def attempt(booking: Booking) -> Booking | None:
        if refusal := host_refusal(booking, "cancel", services.now()):
            raise refusal
        kept = kept_reason(None, reason)
        return await _cancel(services, caller.workspace, booking, by=caller.user.id, reason=kept)

    booking = own_booking(caller)
    return host_view(services, await change_booking(services, caller.workspace, booking, attempt))


async def _cancel(
    services: Services, workspace: str, booking: Booking, *, by: str, reason: str | None
) -> Booking | None:
    """The booking after it, or None if it is not as it was read any more."""
    now = services.now()
    event = cancellation(booking, at=now, by=by, reason=reason)
    answer = await write_cancellation(services.store, workspace, booking, event, now)
    return None if answer.code is Code.MOVED else cancelled(booking)


def cancellation(
    booking: Booking, *, at: int, by: str, reason: str | None, renewed: str | None = None
) -> Event:
    """The event; `renewed` is the link by which the customer is asked to book again."""
    return Event(
        type="booking.cancelled",
        at=at,
        by=by,
        booking=booking.id,
        link=booking.link,
        page=booking.page,
        start=booking.start,
        reason=reason,
        renewed=renewed,
    )


def cancelled(booking: Booking) -> Booking:
    """The booking after it was cancelled."""
    return msgspec.structs.replace(booking, status="cancelled", sequence=booking.sequence + 1)
