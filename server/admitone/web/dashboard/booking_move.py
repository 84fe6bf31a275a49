"""GET /dashboard/bookings/{booking}/reschedule"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.booking import host_refusal
from admitone.domain.instant import Instant
from admitone.domain.zones import date_at, zone
from admitone.usecases.access import own_booking
from admitone.usecases.booking_view import host_view
from admitone.usecases.free_times import free_times
from admitone.usecases.own_zone import own_zone
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking_rows import booking_rows
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Choose a new time: one that the page offers that day, or any other that is free."""
    return await show_move(request)


async def show_move(
    request: web.Request,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    status: int = 422,
) -> web.Response:
    """The room in which a booking is moved; with `errors` by field after a form was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    booking = own_booking(caller)
    if refusal := host_refusal(booking, "reschedule", services.now()):
        raise refusal
    name = await own_zone(services, caller)
    sent = dict(values or {})
    day = read_day(sent.get("date") or request.query.get("date", "")) or date.fromordinal(
        date_at(zone(name), booking.start)
    )
    [row] = await booking_rows(caller, [host_view(services, booking)])
    free = await free_times(services, caller, booking, name, day)
    return await show(
        request,
        "booking_move",
        {
            "room": "bookings",
            "row": row,
            "booking": row.booking,
            "day": day,
            "free": [(at, Instant(at).text()) for at in free],
            "errors": errors or {},
            "values": {"date": day.isoformat(), "time": "", "start": "", "reason": ""} | sent,
        },
        status=status if errors else 200,
    )


def read_day(text: str) -> date | None:
    """A date as a date field sends it, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
