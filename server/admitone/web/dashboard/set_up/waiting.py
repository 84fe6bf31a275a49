"""What waits until the caller connects a calendar or mail: `/dashboard/waiting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store.records.readers import read_bookings
from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from admitone.usecases.calendar_events.unwritten_bookings import list_unwritten_bookings
from admitone.usecases.google.google_view import view_google
from admitone.usecases.mail.waiting_mail import WaitingMailView, list_waiting_mails
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.listing import ListQuery
from admitone.usecases.shared.waiting_mails import sends_now
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.jobs.parked_jobs import TITLES
from admitone.web.dashboard.room import lead_to, more_at, show_room
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.usecases.shared.services import Caller, Services

PATH = "/dashboard/waiting"


class WaitingRow(msgspec.Struct, frozen=True):
    """A mail that waits, and the booking that it is about."""

    mail: WaitingMailView
    booking: BookingView | None


async def show(request: web.Request) -> web.Response:
    """List the mails that nothing can send yet, and the caller's bookings that are in no calendar."""
    services, caller = request.app[SERVICES], request[CALLER]
    mails = await list_waiting_mails(services, caller, ListQuery(cursor=request.query.get("cursor") or None))
    bookings = await list_unwritten_bookings(services, caller, ListQuery())
    google = await view_google(services, caller.workspace, caller.user.id)
    context = {
        "room": "home",
        "is_room_itself": False,
        "mails": await _rows(services, caller, mails.items),
        "titles": TITLES,
        "more": more_at(request, mails),
        "bookings": await booking_rows(caller, bookings.items),
        "has_more_bookings": bookings.next_cursor is not None,
        "google": google,
        "writes_events": google.writes_events and not google.needs_calendar,
        "sends_mail": await sends_now(services, caller.workspace, caller.user.id),
        "can_connect": services.google is not None,
    }
    return await show_room(request, "set_up/waiting", context)


async def send(request: web.Request) -> web.Response:
    """Do now what waits, as far as mail and calendar work by now."""
    caller = request[CALLER]
    await catch_up_soon(request.app[SERVICES], caller.workspace, caller.user.id)
    return lead_to(PATH, said="waiting-sent")


async def _rows(services: Services, caller: Caller, mails: Sequence[WaitingMailView]) -> list[WaitingRow]:
    ids = [mail.booking for mail in mails if mail.booking is not None]
    read = await read_bookings(services.store, caller.workspace, list(dict.fromkeys(ids)))
    bookings = {booking.id: host_view(services, booking) for booking in read}
    return [WaitingRow(mail, bookings.get(mail.booking or "")) for mail in mails]
