"""Cancel a booking: `/manage/TOKEN/cancel`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import customer_refusal
from admitone.domain.errors import BookingNotActive, Busy, Invalid, OutcomeUnknown, PolicyRefuses
from admitone.texts.message import message
from admitone.usecases.bookings.booking_cancel import cancel_by_customer, check_cancellation
from admitone.web.customer.confirm_page import confirm_change
from admitone.web.customer.form_body import read_form
from admitone.web.customer.form_fields import REASON, field_errors
from admitone.web.customer.managed_page import STALE, respond_about, respond_managed
from admitone.web.customer.nonce import new_nonce
from admitone.web.customer.see_other import lead_to_manage
from admitone.web.customer.sent_form import read_sent
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.opened import opened_managed
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.bookings.managed import Managed
    from admitone.web.customer.sent_form import SentForm


NOT_SURE = message("Tick the box to cancel the booking.")


async def show(request: web.Request) -> web.Response:
    """Ask whether the customer really wants to cancel; nothing changes yet."""
    services = request.app[SERVICES]
    managed = await opened_managed(request)
    if refusal := customer_refusal(managed.booking, "cancel", services.now()):
        return await respond_managed(request, managed, refusal)
    return await respond_cancel(request, managed)


async def respond_cancel(
    request: web.Request,
    managed: Managed,
    *,
    reason: str = "",
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    notice: str | None = None,
) -> web.Response:
    """The question. Its box is never ticked, so that posting the form as it was served cancels nothing."""
    context = {
        "nonce": new_nonce(request, form_name(managed)),
        "reason": reason,
        "errors": errors or {},
        "notice": notice,
        "labels": {"reason": REASON},
    }
    return await respond_about(request, managed, "customer/cancel.html", context, status=status)


def form_name(managed: Managed) -> str:
    """The name of the form that its nonce is bound to."""
    return f"cancel:{managed.booking.id}"


async def cancel(request: web.Request) -> web.Response:
    """Cancel the booking if the box was ticked, and redirect to it; or ask to confirm it."""
    fields = await read_form(request)
    managed = await opened_managed(request)
    reason = fields.get("reason", "")
    sent = read_sent(request, form_name(managed), fields)
    if sent is None:
        return await respond_cancel(request, managed, reason=reason, status=422, notice=STALE)
    if sent.is_changed:
        return await respond_cancel(request, managed, reason=reason)
    if not fields.get("sure"):
        return await respond_cancel(request, managed, reason=reason, status=422, errors={"sure": NOT_SURE})
    return await _cancel(request, managed, fields, sent)


async def _cancel(
    request: web.Request, managed: Managed, fields: Mapping[str, str], sent: SentForm
) -> web.Response:
    """Cancel the booking, or ask to confirm it if nobody is known to have agreed; or show why not."""
    services, reason = request.app[SERVICES], fields.get("reason", "")
    try:
        if not sent.is_agreed and managed.booking.status != "cancelled":  # nothing is left to cancel then
            kept = check_cancellation(services, managed, reason)
            return await confirm_change(request, managed, fields, sent, reason=kept)
        await cancel_by_customer(services, managed, reason)
    except Invalid as refusal:
        errors = field_errors(refusal.errors)
        return await respond_cancel(request, managed, reason=reason, status=422, errors=errors)
    except (Busy, OutcomeUnknown) as refusal:
        status, notice = STATUS[type(refusal)], refusal.detail
        return await respond_cancel(request, managed, reason=reason, status=status, notice=notice)
    except (BookingNotActive, PolicyRefuses) as refusal:
        if (
            managed.booking.status != "cancelled"
        ):  # otherwise this form was sent twice, and the first one cancelled
            return await respond_managed(request, managed, refusal)
    return lead_to_manage(managed.token)
