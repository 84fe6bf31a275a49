"""POST /manage/{token}/cancel"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import BookingNotActive, Busy, Invalid, OutcomeUnknown, PolicyRefuses
from admitone.usecases.booking_cancel import cancel_by_customer
from admitone.usecases.managed import open_managed
from admitone.web.appkeys import SERVICES
from admitone.web.pages.cancel_show import form_name, respond_cancel
from admitone.web.pages.form_body import read_form
from admitone.web.pages.form_fields import field_errors
from admitone.web.pages.managed_page import STALE, respond_managed
from admitone.web.pages.nonce import FIELD, nonce_id
from admitone.web.pages.see_other import lead_to_manage
from admitone.web.problems import STATUS

if TYPE_CHECKING:
    from aiohttp import web

NOT_SURE = "Tick the box to cancel the booking."


async def handle(request: web.Request) -> web.Response:
    """Cancel the booking if the box was ticked, and lead back to it."""
    fields, services = await read_form(request), request.app[SERVICES]
    managed = await open_managed(services, request.match_info["token"])
    reason = fields.get("reason", "")
    if nonce_id(request, form_name(managed), fields.get(FIELD, "")) is None:
        return await respond_cancel(request, managed, reason=reason, status=422, notice=STALE)
    if not fields.get("sure"):
        return await respond_cancel(request, managed, reason=reason, status=422, errors={"sure": NOT_SURE})
    try:
        await cancel_by_customer(services, managed.token, reason)
    except Invalid as refusal:
        errors = field_errors(refusal.errors)
        return await respond_cancel(request, managed, reason=reason, status=422, errors=errors)
    except (Busy, OutcomeUnknown) as refusal:
        status, notice = STATUS[type(refusal)], refusal.detail
        return await respond_cancel(request, managed, reason=reason, status=status, notice=notice)
    except (BookingNotActive, PolicyRefuses) as refusal:
        if managed.booking.status != "cancelled":  # else the form was sent twice, and has been carried out
            return await respond_managed(request, managed, refusal)
    return lead_to_manage(managed.token)
