"""The page of a link that can be booked: what is booked, the calendar, the times, the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability import zones
from admitone.domain.pages.form import is_complete
from admitone.texts.message import message
from admitone.usecases.links.visit_view import host_shown, view_visit
from admitone.usecases.times.slot_list import page_offer
from admitone.web.customer.booking_form import CODE
from admitone.web.customer.brand import brand_of
from admitone.web.customer.choice import asked_since
from admitone.web.customer.clock import customer_reader, remember_clock
from admitone.web.customer.form_fields import draw_fields
from admitone.web.customer.nonce import new_nonce
from admitone.web.customer.promises import promises
from admitone.web.customer.slot_choice import Shown, picker_context, read_picker
from admitone.web.customer.visit_address import form_name, visit_address
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.html import date_text, respond_page
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.date_text import DateText
    from admitone.domain.errors import CalendarUnreachable
    from admitone.domain.pages.event_type import EventType
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.links.visit_view import VisitView
    from admitone.web.customer.choice import Choice
    from admitone.web.customer.picker import Picker

FAR = 10 * 366 * zones.DAY


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of the form; `is_sent` if a visitor has sent it and gets it again.

    `start` is the time that they chose. `gone` is a chosen time that is no longer free: the page shows the
    nearest free times instead. `nonce` is the old nonce of a form whose outcome is unknown, to send it again.
    """

    values: Mapping[str, str]
    is_sent: bool = False
    start: int | None = None
    gone: int | None = None
    nonce: str | None = None


async def respond_visit(
    request: web.Request,
    visit: Visit,
    choice: Choice,
    entered: Entered,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    notice: str | None = None,
) -> web.Response:
    """The page; raises LinkBooked, LinkRevoked, LinkExpired or LinkUnavailable if the link is not active."""
    services, errors = request.app[SERVICES], errors or {}
    event_type = _event_type(visit, choice, services.now())
    only = event_type.id if event_type else None
    settings, reader = await visit.snapshot.settings(), customer_reader(request)
    view = await view_visit(services, visit, settings, only)
    text = date_text(reader, choice.timezone or view.timezone)
    picker = None
    if event_type:
        picker, refusal = await _picker(request, visit, event_type, choice, entered, text)
        if refusal is not None:
            status, notice = STATUS[type(refusal)], notice or refusal.detail
    context = {
        **_form_context(request, view, event_type, choice, entered, errors),
        **picker_context(request, text, choice.search),
        "view": view,
        "choice": choice,
        "event_type": next((one for one in view.event_types if event_type and one.id == event_type.id), None),
        "picker": picker,
        "policy": event_type.policy if event_type else None,
        "promises": promises(event_type.policy, text) if event_type else (),
        "brand": brand_of(settings, host_shown(services, visit, only)),
        "text": text,
        "notice": notice,
        "mark": message("suggested"),
        "action": request.path,
        "api": f"/api/v1/book{request.path.replace('/.', '/')}",
    }
    page = respond_page(
        request,
        "customer/visit.html",
        context,
        status=status,
        reader=reader,
        theme=view.theme,
        accent=settings.accent,
    )
    remember_clock(request, page)
    return page


def _form_context(
    request: web.Request,
    view: VisitView,
    event_type: EventType | None,
    choice: Choice,
    entered: Entered,
    errors: Mapping[str, str],
) -> dict[str, Any]:
    """The values of the form for the template: its fields with their values and errors, and its nonce."""
    fields = draw_fields(view.form, event_type.max_guests if event_type else 0, entered.values, errors)
    return {
        "fields": fields,
        "labels": {field.asks.id: field.asks.label for field in fields},
        "skips": skips_form(view, choice) and not (entered.is_sent and "email" in entered.values),
        "errors": errors,
        "is_sent": entered.is_sent,
        "code": entered.values.get(CODE, ""),
        "nonce": entered.nonce or new_nonce(request, form_name(visit_address(request))),
    }


def skips_form(view: VisitView, choice: Choice) -> bool:
    """Whether the form does not ask for name and email: the link's setting, or the address's wish.

    The address can skip the form only if the link has a person and no question is required.
    """
    if choice.skip is None:
        return view.skip_form
    return choice.skip and view.person is not None and is_complete(view.form)


def _event_type(visit: Visit, choice: Choice, now: int) -> EventType | None:
    _, event_types = visit.offered(now)
    if len(event_types) == 1:
        return event_types[0]
    return next((one for one in event_types if one.id == choice.event_type), None)


async def _picker(
    request: web.Request,
    visit: Visit,
    event_type: EventType,
    choice: Choice,
    entered: Entered,
    text: DateText,
) -> tuple[Picker, CalendarUnreachable | None]:
    """The calendar and the times; without times, and with the refusal, if calendars cannot be read."""
    now = request.app[SERVICES].now()
    assert visit.target is not None
    offer = page_offer(visit.target, event_type)
    start = entered.gone or entered.start or choice.highlight
    is_near = start is not None and now <= start <= now + FAR
    shown = Shown(
        day=choice.day or (text.date(start) if start and is_near else None),
        highlight=choice.highlight,
        checked=entered.start,
        gone=entered.gone if is_near else None,
        since=asked_since(request),
    )
    return await read_picker(request, visit.snapshot, offer, text, shown)
