"""Cancel a booking and ask its customer for another time, by a fresh one-time link."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.bookings.booking import host_refusal, kept_reason
from admitone.domain.errors import BookingNotActive
from admitone.store.codes import Code
from admitone.store.records.bookings import request_reschedule as write_request
from admitone.store.records.readers import read_histories
from admitone.usecases.bookings.booking_cancel import cancellation, cancelled
from admitone.usecases.bookings.managed import change_booking
from admitone.usecases.links.link_create import fresh_link
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.links.link_view import LinkView
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.shared.services import refreshed

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking, RescheduleRequest
    from admitone.usecases.shared.services import Caller, Services


class RescheduleRequested(msgspec.Struct, frozen=True):
    """The booking, which is cancelled, and the link that its customer was sent."""

    booking: BookingView
    link: LinkView


async def request_booking_reschedule(services: Services, caller: Caller, body: RescheduleRequest) -> Any:
    """Cancel the booking that was read, as `RescheduleRequested`; a second time answers the same.

    The cancellation, the link and the mail that brings it are one script's: no link is left that nobody was
    sent. The link that the booking came by stays booked, whatever it is to do on cancelling.

    Raises NotFound, Forbidden, BookingNotActive, OneTimeNotOffered, Invalid.
    """
    link: LinkView | None = None

    async def attempt(booking: Booking) -> Booking | None:
        nonlocal caller, link
        if (renewed := await _renewed(services, caller, booking)) is not None:
            link = await read_link_view(services, caller.snapshot, renewed)
            return booking
        if refusal := host_refusal(booking, "cancel", services.now()):
            raise refusal
        reason = kept_reason(None, body.reason)
        fresh = await fresh_link(services, caller, booking, body.event_type)
        event = cancellation(
            booking, at=services.now(), by=caller.user.id, reason=reason, renewed=fresh.link.id
        )
        answer = await write_request(
            caller.snapshot, booking, event, fresh.link, fresh.event, created=time.time_ns() // 1000
        )
        if answer.code is Code.MOVED:
            caller = await refreshed(caller)
            return None
        link = fresh.view
        return cancelled(booking)

    booking = await change_booking(services, caller.workspace, own_booking(caller), attempt)
    assert link is not None
    return RescheduleRequested(host_view(services, booking), link)


async def _renewed(services: Services, caller: Caller, booking: Booking) -> str | None:
    """The link that was made when a booking was cancelled, None for one that is not cancelled."""
    if booking.status != "cancelled":
        return None
    key = services.store.keys(caller.workspace).booking_history(booking.id)
    [history] = await read_histories(services.store, key)
    renewed = next((event.renewed for event in reversed(history) if event.renewed), None)
    if renewed is None:
        raise BookingNotActive
    return renewed
