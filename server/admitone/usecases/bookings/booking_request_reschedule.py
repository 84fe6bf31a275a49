"""Cancel a booking and ask its customer to choose another time by a new one-time link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import host_refusal, kept_reason
from admitone.domain.errors import BookingNotActive
from admitone.store.codes import Code
from admitone.store.records.bookings import request_reschedule as write_request
from admitone.store.records.readers import read_histories
from admitone.usecases.bookings.booking_cancel import cancellation, cancelled
from admitone.usecases.links.link_create import fresh_link
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.links.link_view import LinkView
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking, RescheduleRequest
    from admitone.usecases.shared.services import Caller, Services


class RescheduleRequested(msgspec.Struct, frozen=True):
    """The booking, which is cancelled, and the link that its customer was sent."""

    booking: BookingView
    link: LinkView


async def request_booking_reschedule(
    services: Services, caller: Caller, body: RescheduleRequest
) -> RescheduleRequested:
    """Cancel the booking that was read and send its customer a new link; a second call answers the same.

    One script writes the cancellation, the link and the mail that brings it, so that no link exists that was
    not sent. The link that the booking was made by stays booked, whatever its `on_cancel` says.

    Raises NotFound, Forbidden, BookingNotActive, OneTimeNotOffered, Invalid, Busy.
    """

    async def attempt(caller: Caller) -> RescheduleRequested | None:
        booking = await own_booking(caller)
        if (renewed := await _renewed(services, caller, booking)) is not None:
            link = await read_link_view(services, caller, renewed)
            return RescheduleRequested(host_view(services, booking), link)
        if refusal := host_refusal(booking, "cancel", services.now()):
            raise refusal
        reason = kept_reason(None, body.reason)
        fresh = await fresh_link(services, caller, booking, body.event_type)
        event = cancellation(
            booking, at=services.now(), by=caller.user.id, reason=reason, renewed=fresh.link.id
        )
        answer = await write_request(
            caller.snapshot,
            booking,
            event,
            fresh.link,
            fresh.event,
            created=creation_order(),
            day=fresh.day,
        )
        if answer.code is Code.MOVED:
            return None
        return RescheduleRequested(host_view(services, cancelled(booking)), fresh.view)

    return await settle(caller, attempt)


async def _renewed(services: Services, caller: Caller, booking: Booking) -> str | None:
    """The id of the link that was created when the booking was cancelled, None if it is not cancelled.

    Raises BookingNotActive if it was cancelled without a new link.
    """
    if booking.status != "cancelled":
        return None
    key = services.store.keys(caller.workspace).booking_history(booking.id)
    [history] = await read_histories(services.store, key)
    renewed = next((event.renewed for event in reversed(history) if event.renewed), None)
    if renewed is None:
        raise BookingNotActive
    return renewed
