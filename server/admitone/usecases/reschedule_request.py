"""Cancel a booking and ask its customer for another time, by a fresh one-time link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.booking import host_refusal, kept_reason
from admitone.domain.errors import BookingNotActive
from admitone.store.readers import read_histories
from admitone.usecases.access import own_booking
from admitone.usecases.booking_cancel import cancel_by_host
from admitone.usecases.booking_view import BookingView, host_view
from admitone.usecases.link_create import renew_link
from admitone.usecases.link_read import read_link_view
from admitone.usecases.link_view import LinkView

if TYPE_CHECKING:
    from admitone.domain.booking import Booking, RescheduleRequest
    from admitone.usecases.services import Caller, Services


class RescheduleRequested(msgspec.Struct, frozen=True):
    """The booking, which is cancelled, and the link that its customer was sent."""

    booking: BookingView
    link: LinkView


async def request_reschedule(services: Services, caller: Caller, body: RescheduleRequest) -> Any:
    """Cancel the booking that was read, as `RescheduleRequested`; a second time answers the same.

    The link comes first: should nothing follow, nobody was told of it, and the next attempt finds it there.

    Raises NotFound, Forbidden, BookingNotActive, OneTimeNotOffered, Invalid.
    """
    booking = own_booking(caller)
    if (renewed := await _renewed(services, caller, booking)) is not None:
        link = await read_link_view(services, caller.snapshot, renewed)
        return RescheduleRequested(host_view(services, booking), link)
    if refusal := host_refusal(booking, "cancel", services.now()):
        raise refusal
    kept_reason(None, body.reason)
    link = await renew_link(services, caller, booking, body.event_type)
    return RescheduleRequested(await cancel_by_host(services, caller, body.reason, renewed=link.id), link)


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
