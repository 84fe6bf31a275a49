"""Move a booking: `/manage/TOKEN/reschedule`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import Move, customer_refusal
from admitone.domain.errors import (
    BookingNotActive,
    Busy,
    CalendarUnreachable,
    Invalid,
    OutcomeUnknown,
    PolicyRefuses,
    SlotNotOffered,
    SlotTaken,
)
from admitone.usecases.bookings.booking_reschedule import reschedule_by_customer
from admitone.usecases.bookings.managed import open_managed
from admitone.usecases.times.month_view import empty_month, nearest_slots, view_month
from admitone.web.customer.booking_form import NO_TIME, chosen_start
from admitone.web.customer.choice import Choice, address_with, is_leafing, parameters, read_choice
from admitone.web.customer.form_body import read_form
from admitone.web.customer.form_fields import field_errors
from admitone.web.customer.managed_page import booking_text, respond_about, respond_managed
from admitone.web.customer.nonce import FIELD, new_nonce, nonce_id
from admitone.web.customer.picker import draw
from admitone.web.customer.see_other import lead_to_manage
from admitone.web.customer.visit import NOTICES, STALE
from admitone.web.customer.zone_options import zone_options
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import Refusal
    from admitone.domain.instant import Instant
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.times.availability import SlotView


LABELS = {"reason": "Reason"}


class MoveForm(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form, and what is said about it; see `Entered` in visit_page.py."""

    reason: str = ""
    is_sent: bool = False
    start: int | None = None
    gone: int | None = None
    errors: Mapping[str, str] = {}
    notice: str | None = None
    status: int = 200


async def show(request: web.Request) -> web.Response:
    """Show the times that the booking may be moved to."""
    managed = await open_managed(request.app[SERVICES], request.match_info["token"])
    if refusal := move_refusal(request, managed):
        return await respond_managed(request, managed, refusal)
    return await respond_reschedule(request, managed, read_choice(parameters(request)), MoveForm())


def move_refusal(request: web.Request, managed: Managed) -> Refusal | None:
    """Why the booking cannot be moved now, whatever the time."""
    refusal = customer_refusal(managed.booking, "reschedule", request.app[SERVICES].now())
    return refusal or (PolicyRefuses(managed.fixed) if managed.fixed else None)


async def respond_reschedule(
    request: web.Request, managed: Managed, choice: Choice, form: MoveForm
) -> web.Response:
    """The calendar, on which the time that is booked now is marked."""
    now, offer = request.app[SERVICES].now(), managed.offer()
    assert offer is not None
    text = booking_text(request, managed, choice.timezone)
    shown = form.gone or form.start or managed.booking.start
    wanted = choice.day or text.date(shown)
    services, zone = request.app[SERVICES], text.zone.key
    nearest: Sequence[SlotView] = ()
    try:
        month = await view_month(services, managed.snapshot, offer, zone, wanted)
        if form.gone:
            nearest = await nearest_slots(services, managed.snapshot, offer, zone, form.gone)
    except CalendarUnreachable as refusal:
        month = empty_month(services, offer, zone, wanted)
        status = STATUS[type(refusal)]
        form = msgspec.structs.replace(form, status=status, notice=form.notice or refusal.detail)
    context = {
        "picker": draw(
            text, month, now, highlight=managed.booking.start, checked=form.start, nearest=nearest
        ),
        "form": form,
        "errors": form.errors,
        "notice": form.notice,
        "is_sent": form.is_sent,
        "nonce": new_nonce(request, form_name(managed)),
        "address": lambda **changes: address_with(request, **changes),
        "given": {name: value for name, value in parameters(request).items() if name != "timezone"},
        "zones": zone_options(text.zone.key),
        "labels": LABELS,
        "mark": "booked now",
        "api": f"/api/v1/manage/{managed.token}",
    }
    return await respond_about(request, managed, "reschedule.html", context, status=form.status, text=text)


def form_name(managed: Managed) -> str:
    """What the nonce of the form is for."""
    return f"reschedule:{managed.booking.id}"


async def reschedule(request: web.Request) -> web.StreamResponse:
    """Move the booking to the time that was chosen and lead back to it, or give the form back."""
    fields = await read_form(request)
    managed = await open_managed(request.app[SERVICES], request.match_info["token"])
    if refusal := move_refusal(request, managed):
        return await respond_managed(request, managed, refusal)
    form = MoveForm(reason=fields.get("reason", ""), is_sent=True)
    if not is_leafing(fields):
        nonce = nonce_id(request, form_name(managed), fields.get(FIELD, ""))
        try:
            done = await _move(request, managed, chosen_start(fields), form, is_known=nonce is not None)
        except (BookingNotActive, PolicyRefuses) as refusal:
            return await respond_managed(request, managed, refusal)
        if done is None:
            return lead_to_manage(managed.token)
        form = done
    return await respond_reschedule(request, managed, read_choice(fields), form)


async def _move(
    request: web.Request, managed: Managed, start: Instant | None, form: MoveForm, *, is_known: bool
) -> MoveForm | None:
    """None once the booking is moved, else the form with what it lacks.

    As with bookings, the time stays chosen only where the form would be refused as it stands.
    """
    change = msgspec.structs.replace
    if not is_known:
        return change(form, status=422, notice=STALE)
    if start is None:
        return change(form, status=422, errors={"start": NO_TIME})
    try:
        await reschedule_by_customer(request.app[SERVICES], managed, Move(start=start, reason=form.reason))
    except Invalid as refusal:
        return change(form, status=STATUS[Invalid], start=start, errors=field_errors(refusal.errors))
    except (SlotTaken, SlotNotOffered) as refusal:
        return change(form, status=STATUS[type(refusal)], gone=start, notice=NOTICES[type(refusal)])
    except (Busy, CalendarUnreachable, OutcomeUnknown) as refusal:
        return change(form, status=STATUS[type(refusal)], notice=NOTICES[type(refusal)])
    return None
