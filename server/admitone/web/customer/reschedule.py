"""Move a booking: `/manage/TOKEN/reschedule`."""

from __future__ import annotations

from collections.abc import Mapping
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
    TooManyRequests,
)
from admitone.texts.message import message
from admitone.usecases.bookings.booking_reschedule import preview_reschedule, reschedule_by_customer
from admitone.web.customer.booking_form import NO_TIME, chosen_start
from admitone.web.customer.choice import Choice, asked_choice, asked_since, read_choice, shows_another_day
from admitone.web.customer.clock import remember_clock
from admitone.web.customer.confirm_page import confirm_change
from admitone.web.customer.form_body import read_form
from admitone.web.customer.form_fields import REASON, field_errors
from admitone.web.customer.managed_page import booking_text, respond_about, respond_managed
from admitone.web.customer.nonce import new_nonce
from admitone.web.customer.see_other import lead_to_manage
from admitone.web.customer.sent_form import read_sent
from admitone.web.customer.slot_choice import Shown, picker_context, read_picker
from admitone.web.customer.visit import NOTICES, STALE
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.opened import opened_managed
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import Refusal
    from admitone.usecases.bookings.managed import Managed
    from admitone.web.customer.sent_form import SentForm


LABELS = {"reason": REASON}


class MoveForm(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of the form, its errors and its notice; see `Entered` in visit_page.py."""

    reason: str = ""
    is_sent: bool = False
    start: int | None = None
    gone: int | None = None
    errors: Mapping[str, str] = {}
    notice: str | None = None
    status: int = 200


async def show(request: web.Request) -> web.Response:
    """Show the times to which the booking can be moved."""
    managed = await opened_managed(request)
    if refusal := move_refusal(request, managed):
        return await respond_managed(request, managed, refusal)
    return await respond_reschedule(request, managed, asked_choice(request), MoveForm())


def move_refusal(request: web.Request, managed: Managed) -> Refusal | None:
    """Why the booking cannot be moved to any time now, or None."""
    refusal = customer_refusal(managed.booking, "reschedule", request.app[SERVICES].now())
    return refusal or (PolicyRefuses(managed.fixed) if managed.fixed else None)


async def respond_reschedule(
    request: web.Request, managed: Managed, choice: Choice, form: MoveForm
) -> web.Response:
    """The calendar, with the time that is booked now marked."""
    offer = managed.offer()
    assert offer is not None
    text, booked = booking_text(request, managed, choice.timezone), managed.booking.start
    shown = Shown(
        day=choice.day or text.date(form.gone or form.start or booked),
        highlight=booked,
        checked=form.start,
        gone=form.gone,
        since=asked_since(request),
    )
    picker, refusal = await read_picker(request, managed.snapshot, offer, text, shown)
    if refusal is not None:
        status, notice = STATUS[type(refusal)], form.notice or refusal.detail
        form = msgspec.structs.replace(form, status=status, notice=notice)
    context = {
        "picker": picker,
        **picker_context(request, text, choice.search),
        "form": form,
        "errors": form.errors,
        "notice": form.notice,
        "is_sent": form.is_sent,
        "nonce": new_nonce(request, form_name(managed)),
        "labels": LABELS,
        "mark": message("booked now"),
        "api": f"/api/v1/manage/{managed.token}",
    }
    page = await respond_about(
        request, managed, "customer/reschedule.html", context, status=form.status, text=text
    )
    remember_clock(request, page)
    return page


def form_name(managed: Managed) -> str:
    """The name of the form that its nonce is bound to."""
    return f"reschedule:{managed.booking.id}"


async def reschedule(request: web.Request) -> web.StreamResponse:
    """Move the booking to the chosen time and lead back to it, ask to confirm it, or show the form again."""
    fields = await read_form(request)
    managed = await opened_managed(request)
    if refusal := move_refusal(request, managed):
        return await respond_managed(request, managed, refusal)
    form = MoveForm(reason=fields.get("reason", ""), is_sent=True)
    sent = read_sent(request, form_name(managed), fields)
    if sent is not None and sent.is_changed:
        form = msgspec.structs.replace(form, start=chosen_start(fields))
    elif not shows_another_day(fields):
        try:
            done = await _move(request, managed, fields, form, sent)
        except (BookingNotActive, PolicyRefuses, TooManyRequests) as refusal:
            return await respond_managed(request, managed, refusal)
        if not isinstance(done, MoveForm):
            return done
        form = done
    return await respond_reschedule(request, managed, read_choice(fields), form)


async def _move(
    request: web.Request,
    managed: Managed,
    fields: Mapping[str, str],
    form: MoveForm,
    sent: SentForm | None,
) -> web.StreamResponse | MoveForm:
    """The answer, or the form to show again with its errors.

    As in visit.py, the time stays chosen only if this form would be refused again.
    """
    start, change = chosen_start(fields), msgspec.structs.replace
    if sent is None:
        return change(form, status=422, notice=STALE)
    if start is None:
        return change(form, status=422, errors={"start": NO_TIME})
    try:
        return await _carry_out(request, managed, fields, Move(start=start, reason=form.reason), sent)
    except Invalid as refusal:
        return change(form, status=STATUS[Invalid], start=start, errors=field_errors(refusal.errors))
    except (SlotTaken, SlotNotOffered) as refusal:
        return change(form, status=STATUS[type(refusal)], gone=start, notice=NOTICES[type(refusal)])
    except (Busy, CalendarUnreachable, OutcomeUnknown) as refusal:
        return change(form, status=STATUS[type(refusal)], notice=NOTICES[type(refusal)])


async def _carry_out(
    request: web.Request, managed: Managed, fields: Mapping[str, str], move: Move, sent: SentForm
) -> web.StreamResponse:
    """Move the booking, or ask to confirm it if nobody is known to have agreed."""
    services = request.app[SERVICES]
    if not sent.is_agreed and move.start != managed.booking.start:  # a move to its own start changes nothing
        reason = await preview_reschedule(services, managed, move)
        return await confirm_change(request, managed, fields, sent, reason=reason, start=move.start)
    await reschedule_by_customer(services, managed, move)
    return lead_to_manage(managed.token)
