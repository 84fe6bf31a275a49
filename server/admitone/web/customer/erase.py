"""A customer asks for their data to be erased: `/manage/TOKEN/erase`. Administrators decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import message
from admitone.usecases.personal_data.erasure_request import is_requested, request_erasure
from admitone.web.customer.confirm_page import confirm_change
from admitone.web.customer.form_body import read_form
from admitone.web.customer.managed_page import STALE, respond_about
from admitone.web.customer.nonce import new_nonce
from admitone.web.customer.see_other import lead_to
from admitone.web.customer.sent_form import read_sent
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.opened import opened_managed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.bookings.managed import Managed

NOT_SURE = message("Tick the box to send the request.")


async def show(request: web.Request) -> web.Response:
    """Explain what the request does, or say that it was filed; nothing changes yet."""
    managed = await opened_managed(request)
    return await _respond(request, managed)


async def ask(request: web.Request) -> web.Response:
    """File the request if the box was ticked; or ask to confirm it."""
    fields = await read_form(request)
    managed = await opened_managed(request)
    sent = read_sent(request, _form_name(managed), fields)
    if sent is None:
        return await _respond(request, managed, status=422, notice=STALE)
    if sent.is_changed:
        return await _respond(request, managed)
    if not fields.get("sure"):
        return await _respond(request, managed, status=422, errors={"sure": NOT_SURE})
    if not sent.is_agreed:
        return await confirm_change(request, managed, fields, sent, reason=None, action="erase")
    await request_erasure(request.app[SERVICES], managed)
    return lead_to(request.path)


async def _respond(
    request: web.Request,
    managed: Managed,
    *,
    status: int = 200,
    notice: str | None = None,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The question; its box is never ticked, so that posting the form as it was served asks for nothing."""
    context = {
        "nonce": new_nonce(request, _form_name(managed)),
        "is_requested": await is_requested(request.app[SERVICES], managed),
        "errors": errors or {},
        "notice": notice,
        "labels": {},
    }
    return await respond_about(request, managed, "customer/erase.html", context, status=status)


def _form_name(managed: Managed) -> str:
    return f"erase:{managed.booking.id}"
