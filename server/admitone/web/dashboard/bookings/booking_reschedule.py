"""Reschedule a booking: `/dashboard/bookings/BOOKING/reschedule`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.availability.schedule import clock_seconds
from admitone.domain.availability.zones import date_at, wall_instant, zone
from admitone.domain.bookings.booking import Move, host_refusal
from admitone.domain.errors import FieldError, Invalid, SlotNotOffered, SlotTaken, invalid
from admitone.domain.instant import Instant
from admitone.texts.message import message
from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.bookings.booking_reschedule import reschedule_by_host
from admitone.usecases.bookings.free_times import free_times
from admitone.usecases.shared.booking_view import host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.web.dashboard.bookings.booking import path_of
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.room import lead_to, said_by_mail, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.web.dashboard.sent_form import SentForm


async def show(request: web.Request) -> web.Response:
    """Offer new times: those that the page offers on one day, or any other free time."""
    return await show_move(request)


async def show_move(
    request: web.Request,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    status: int = 422,
) -> web.Response:
    """The room in which a booking is rescheduled; with `errors` by field if the form was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    booking = await own_booking(caller)
    if refusal := host_refusal(booking, "reschedule", services.now()):
        raise refusal
    name = await own_zone(services, caller)
    sent = dict(values or {})
    day = read_day(sent.get("date") or request.query.get("date", "")) or date.fromordinal(
        date_at(zone(name), booking.start)
    )
    [row] = await booking_rows(caller, [host_view(services, booking)])
    free = await free_times(services, caller, booking, name, day)
    return await show_room(
        request,
        "bookings/booking_reschedule",
        {
            "room": "bookings",
            "row": row,
            "booking": row.booking,
            "zone": name,
            "day": day,
            "free": [(at, Instant(at).text()) for at in free],
            "errors": errors or {},
            "values": {"date": day.isoformat(), "time": "", "start": "", "reason": ""} | sent,
        },
        status=status if errors else 200,
    )


def read_day(text: str) -> date | None:
    """The date that a date field sent, None for any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def reschedule(request: web.Request) -> web.Response:
    """Reschedule a booking as its host."""
    services, caller = request.app[SERVICES], request[CALLER]
    form = await read_form(request)
    path = path_of(request)
    try:
        start = _start(form, await own_zone(services, caller))
        move = Move(start=start, reason=form.text("reason"))
        booking = await reschedule_by_host(services, caller, move)
    except Invalid as refusal:
        return await show_move(request, by_field(refusal), form.fields)
    except (SlotTaken, SlotNotOffered) as refusal:
        field = "start" if form.text("start") else "time"
        return await show_move(request, {field: refusal.detail}, form.fields, status=409)
    return lead_to(path, said=await said_by_mail(request, "rescheduled", booking.host))


def _start(form: SentForm, zone_name: str) -> Instant:
    """The start that was chosen from the list, else the one typed as a date and a time in the host's zone."""
    chosen = form.text("start")
    if chosen:
        try:
            return Instant.parse(chosen)
        except ValueError as error:
            raise Invalid(FieldError("start", str(error))) from None
    day = read_day(form.text("date"))
    if day is None:
        raise Invalid(FieldError("date", message("Choose a date.")))
    try:
        second = clock_seconds(form.text("time"))
    except ValueError:
        raise invalid("time", message("Choose one of the times, or type one such as 14:30.")) from None
    return Instant(wall_instant(zone(zone_name), day.toordinal(), second))
