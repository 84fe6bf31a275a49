"""POST /dashboard/bookings/{booking}/reschedule"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import Move
from admitone.domain.errors import FieldError, Invalid, SlotNotOffered, SlotTaken
from admitone.domain.instant import Instant
from admitone.domain.schedule import clock_seconds
from admitone.domain.zones import wall_instant, zone
from admitone.usecases.booking_reschedule import reschedule_by_host
from admitone.usecases.own_zone import own_zone
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking import path_of
from admitone.web.dashboard.booking_move import read_day, show_move
from admitone.web.dashboard.room import lead_to, said_by_mail
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.web.dashboard.sent_form import SentForm


async def handle(request: web.Request) -> web.Response:
    """Move a booking as its host."""
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
    """The start that was chosen from the list, or that a date and a time in the host's zone name."""
    chosen = form.text("start")
    if chosen:
        try:
            return Instant.parse(chosen)
        except ValueError as error:
            raise Invalid(FieldError("start", str(error))) from None
    day = read_day(form.text("date"))
    if day is None:
        raise Invalid(FieldError("date", "Choose a date."))
    try:
        second = clock_seconds(form.text("time"))
    except ValueError:
        raise Invalid(FieldError("time", "Choose one of the times, or write one such as 14:30.")) from None
    return Instant(wall_instant(zone(zone_name), day.toordinal(), second))
