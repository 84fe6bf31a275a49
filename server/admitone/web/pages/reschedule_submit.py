"""POST /manage/{token}/reschedule"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.booking import Move
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
from admitone.usecases.booking_reschedule import reschedule_by_customer
from admitone.usecases.managed import open_managed
from admitone.web.appkeys import SERVICES
from admitone.web.pages.booking_form import NO_TIME, chosen_start
from admitone.web.pages.choice import is_leafing, read_choice
from admitone.web.pages.form_body import read_form
from admitone.web.pages.form_fields import field_errors
from admitone.web.pages.managed_page import respond_managed
from admitone.web.pages.nonce import FIELD, nonce_id
from admitone.web.pages.reschedule_show import MoveForm, form_name, move_refusal, respond_reschedule
from admitone.web.pages.see_other import lead_to_manage
from admitone.web.pages.visit_submit import NOTICES, STALE
from admitone.web.problems import STATUS

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.instant import Instant
    from admitone.usecases.managed import Managed


async def handle(request: web.Request) -> web.StreamResponse:
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
        await reschedule_by_customer(
            request.app[SERVICES], managed.token, Move(start=start, reason=form.reason)
        )
    except Invalid as refusal:
        return change(form, status=STATUS[Invalid], start=start, errors=field_errors(refusal.errors))
    except (SlotTaken, SlotNotOffered) as refusal:
        return change(form, status=STATUS[type(refusal)], gone=start, notice=NOTICES[type(refusal)])
    except (Busy, CalendarUnreachable, OutcomeUnknown) as refusal:
        return change(form, status=STATUS[type(refusal)], notice=NOTICES[type(refusal)])
    return None
