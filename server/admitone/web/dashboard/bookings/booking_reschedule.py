"""Reschedule a booking: `/dashboard/bookings/BOOKING/reschedule`, in the calendar of the customers' pages."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability.schedule import clock_seconds
from admitone.domain.availability.zones import wall_instant, zone
from admitone.domain.bookings.booking import Move
from admitone.domain.errors import (
    Busy,
    CalendarUnreachable,
    FieldError,
    Invalid,
    OutcomeUnknown,
    SlotNotOffered,
    SlotTaken,
    invalid,
)
from admitone.domain.instant import Instant
from admitone.texts.message import message
from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.bookings.booking_reschedule import reschedule_by_host
from admitone.usecases.bookings.host_slots import list_host_slots, movable_booking
from admitone.usecases.shared.booking_view import host_view
from admitone.usecases.shared.ownership import own_booking
from admitone.usecases.times.availability import SlotQuery
from admitone.web.customer.choice import asked_choice, asked_since, read_choice, shows_another_day
from admitone.web.customer.clock import customer_reader, remember_clock
from admitone.web.customer.slot_choice import Shown, picker_context, read_picker
from admitone.web.dashboard.bookings.booking import path_of
from admitone.web.dashboard.bookings.booking_forms import in_room
from admitone.web.dashboard.room import lead_to, said_by_mail, show_room
from admitone.web.dashboard.sent_form import by_field, read_day, read_form
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query
from admitone.web.http.html import date_text
from admitone.web.http.problems import STATUS
from admitone.web.http.slots_answer import respond_slots

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.date_text import DateText
    from admitone.domain.errors import Refusal
    from admitone.usecases.bookings.managed import Managed
    from admitone.web.customer.choice import Choice
    from admitone.web.dashboard.sent_form import SentForm

OTHER = "other."
"""How the fields of the second form begin: a date and a time that are typed."""

NOT_LISTED = message("Its page or event type was deleted, so no times are listed. Type any free time.")


class MoveForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form holds: the values as sent, its errors by field, and a notice that concerns no field.

    `start` stays chosen; `gone` is a start that was refused, around which the nearest ones are shown.
    """

    values: Mapping[str, str] = {}
    start: int | None = None
    gone: int | None = None
    errors: Mapping[str, str] = {}
    notice: str | None = None
    status: int = HTTPStatus.OK

    @property
    def is_other(self) -> bool:
        """Whether the form with the typed time was sent."""
        return f"{OTHER}date" in self.values


@in_room
async def show(request: web.Request) -> web.Response:
    """Offer new times: those that the page offers, or any other free time."""
    return await show_move(request, asked_choice(request), MoveForm())


async def slots(request: web.Request) -> web.Response:
    """The offered times of some days, for the calendar's script."""
    await own_booking(request[CALLER])  # those whose booking it is not do not learn what the query lacks
    asked = query(request, SlotQuery)
    return respond_slots(await list_host_slots(request.app[SERVICES], request[CALLER], asked))


async def show_move(request: web.Request, choice: Choice, form: MoveForm) -> web.Response:
    """The room in which a booking is rescheduled, in the caller's zone or in the one that they chose."""
    services, caller = request.app[SERVICES], request[CALLER]
    managed = await movable_booking(services, caller)
    booking, own = managed.booking, await own_zone(services, caller)
    reader = customer_reader(request, "dashboard")
    text = date_text(reader, choice.timezone or own)
    picker = await _picker(request, managed, text, choice, form)
    context = {
        "room": "bookings",
        "booking": host_view(services, booking),
        "zone": own,
        "reader": reader,
        "clock": date_text(reader, own),
        "text": text,
        "mark": message("booked now"),
        "notice": form.notice,
        "errors": form.errors,
        "is_sent": bool(form.values) and not form.is_other,
        "is_other": form.is_other or picker["picker"] is None,
        "values": {**_typed(text, booking.start), **form.values},
        **picker,
    }
    room = await show_room(request, "bookings/booking_reschedule", context, status=form.status)
    remember_clock(request, room)
    return room


async def _picker(
    request: web.Request, managed: Managed, text: DateText, choice: Choice, form: MoveForm
) -> dict[str, Any]:
    """The values for the calendar's templates; `picker` is None if no times can be listed."""
    offer, booked = managed.offer(), managed.booking.start
    if offer is None:
        return {"picker": None, "notice": form.notice or NOT_LISTED}
    day = choice.day or text.date(form.gone or form.start or booked)
    shown = Shown(day=day, highlight=booked, checked=form.start, gone=form.gone, since=asked_since(request))
    picker, refusal = await read_picker(request, managed.snapshot, offer, text, shown)
    values = {"picker": picker, **picker_context(request, text, choice.search)}
    return values if refusal is None else {"notice": form.notice or refusal.detail, **values}


def _typed(text: DateText, start: int) -> dict[str, str]:
    """The date and time fields before anything was typed."""
    return {
        f"{OTHER}date": text.date(start).isoformat(),
        f"{OTHER}time": "",
        "reason": "",
        f"{OTHER}reason": "",
    }


@in_room
async def reschedule(request: web.Request) -> web.Response:
    """Reschedule a booking as its host."""
    services, caller = request.app[SERVICES], request[CALLER]
    sent = await read_form(request)
    form, choice = MoveForm(values=sent.fields), read_choice(sent.fields)
    if shows_another_day(sent.fields):
        return await show_move(request, choice, form)
    try:
        move = _move(sent, await own_zone(services, caller), is_other=form.is_other)
        booking = await reschedule_by_host(services, caller, move)
    except (Invalid, SlotTaken, SlotNotOffered, CalendarUnreachable, Busy, OutcomeUnknown) as refusal:
        return await show_move(request, choice, _refused(form, sent, refusal))
    return lead_to(path_of(request), said=await said_by_mail(request, "rescheduled", booking.host))


def _refused(form: MoveForm, sent: SentForm, refusal: Refusal) -> MoveForm:
    """The form as it was sent, with its errors; the time stays chosen unless it is gone."""
    change, start = msgspec.structs.replace, _chosen(sent)
    status = STATUS[type(refusal)]
    if isinstance(refusal, Invalid):
        return change(form, errors=by_field(refusal), start=start, status=status)
    if not isinstance(refusal, (SlotTaken, SlotNotOffered)):
        return change(form, notice=refusal.detail, start=start, status=status)
    field = f"{OTHER}time" if form.is_other else "start"
    return change(form, errors={field: refusal.detail}, gone=start, status=HTTPStatus.CONFLICT)


def _chosen(sent: SentForm) -> int | None:
    try:
        return Instant.parse(sent.text("start"))
    except ValueError:
        return None


def _move(sent: SentForm, zone_name: str, *, is_other: bool) -> Move:
    """The time that was chosen in the calendar, or the one typed as a date and a time in the host's zone."""
    if is_other:
        return Move(start=_typed_start(sent, zone_name), reason=sent.text(f"{OTHER}reason"))
    if not sent.text("start"):
        raise invalid("start", message("Choose a time."))
    try:
        return Move(start=Instant.parse(sent.text("start")), reason=sent.text("reason"))
    except ValueError as error:
        raise Invalid(FieldError("start", str(error))) from None


def _typed_start(sent: SentForm, zone_name: str) -> Instant:
    day = read_day(sent.text(f"{OTHER}date"))
    if day is None:
        raise invalid(f"{OTHER}date", message("Choose a date."))
    try:
        second = clock_seconds(sent.text(f"{OTHER}time"))
    except ValueError:
        raise invalid(f"{OTHER}time", message("Type a time such as 14:30.")) from None
    return Instant(wall_instant(zone(zone_name), day.toordinal(), second))
