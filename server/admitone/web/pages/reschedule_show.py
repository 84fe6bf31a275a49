"""GET /manage/{token}/reschedule"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.booking import customer_refusal
from admitone.domain.errors import CalendarUnreachable, PolicyRefuses
from admitone.usecases.managed import open_managed
from admitone.usecases.month_view import empty_month, nearest_slots, view_month
from admitone.web.appkeys import SERVICES
from admitone.web.pages.choice import Choice, address_with, parameters, read_choice
from admitone.web.pages.managed_page import booking_text, respond_about, respond_managed
from admitone.web.pages.nonce import new_nonce
from admitone.web.pages.picker import draw
from admitone.web.pages.zone_options import zone_options
from admitone.web.problems import STATUS

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import Refusal
    from admitone.usecases.availability import SlotView
    from admitone.usecases.managed import Managed

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


async def handle(request: web.Request) -> web.Response:
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
