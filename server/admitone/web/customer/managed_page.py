"""The page of a customer's booking: the ticket, and the actions that are possible now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.texts.message import message
from admitone.usecases.bookings.booking_calendar import booking_calendar_links
from admitone.usecases.bookings.managed import view_managed
from admitone.usecases.shared.booking_view import host_of
from admitone.usecases.shared.mail_set_up import mail_set_up
from admitone.web.customer.booking_state import deadlines, state_text
from admitone.web.customer.brand import brand_of
from admitone.web.customer.choice import parameters, read_choice
from admitone.web.customer.clock import customer_reader
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.html import date_text, respond_page
from admitone.web.http.problems import STATUS, refusal_headers

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.date_text import DateText
    from admitone.domain.errors import Refusal
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.shared.booking_view import ManageView

TOLD = frozenset({"scheduled", "rescheduled", "cancelled"})
"""The states of a booking about which its customer gets a mail."""
STALE = message("This page was open for a long time. Please confirm once more.")


async def respond_managed(
    request: web.Request, managed: Managed, refusal: Refusal | None = None
) -> web.Response:
    """The ticket; `refusal` is the reason why the requested action was not done."""
    status = STATUS[type(refusal)] if refusal else 200
    view, text = await view_managed(request.app[SERVICES], managed), booking_text(request, managed)
    host = await host_of(managed.snapshot, managed.booking)
    context = {
        "calendars": booking_calendar_links(managed.booking, host, text.reader.texts),
        "state": state_text(view, request.app[SERVICES].now()),
        "is_mailed": view.status in TOLD and await _is_mailed(request, managed),
        "deadlines": deadlines(view, text),
        "join_url": view.join_url,
        "notice": refusal.detail if refusal else None,
    }
    page = await respond_about(
        request, managed, "customer/managed.html", context, status=status, text=text, view=view
    )
    if refusal is not None:
        page.headers.update(refusal_headers(refusal, STATUS[type(refusal)]))
    return page


async def _is_mailed(request: web.Request, managed: Managed) -> bool:
    """Whether the customer gets mails about the booking."""
    workspace, host = managed.snapshot.workspace, managed.booking.users[0]
    return (await mail_set_up(request.app[SERVICES], workspace, host)).sends


async def respond_about(
    request: web.Request,
    managed: Managed,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    text: DateText | None = None,
    view: ManageView | None = None,
) -> web.Response:
    """A page about a booking, in the workspace's colour and, if the booking page exists, in its theme."""
    page = managed.target.page if managed.target else None
    text = text or booking_text(request, managed)
    settings = await managed.snapshot.settings()
    known = {
        "view": view or await view_managed(request.app[SERVICES], managed),
        "text": text,
        "path": f"/manage/{managed.token}",
        "brand": brand_of(settings, await host_of(managed.snapshot, managed.booking)),
        **context,
    }
    return respond_page(
        request,
        template,
        known,
        status=status,
        reader=text.reader,
        theme=page.theme if page else "auto",
        accent=settings.accent,
    )


def booking_text(request: web.Request, managed: Managed, timezone: str | None = None) -> DateText:
    """How times are written: in the requested zone, or else in the zone of the booking."""
    asked = timezone or read_choice(parameters(request)).timezone or managed.booking.data.timezone
    return date_text(customer_reader(request), asked)
