"""The confirming page: what is about to happen, and a box to agree to it.

It answers a form that came without the mark of our script: from a browser without scripts, or from a program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from admitone.domain.links.link import Person
from admitone.domain.pages.event_type import Location
from admitone.usecases.bookings.booking_preview import preview_booking
from admitone.usecases.bookings.managed import view_managed
from admitone.usecases.links.visit_view import host_shown, view_visit
from admitone.web.customer.brand import brand_of
from admitone.web.customer.choice import read_choice
from admitone.web.customer.form_fields import NOTES
from admitone.web.customer.managed_page import booking_text, respond_about
from admitone.web.customer.sent_form import typed_fields
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.html import date_text, respond_page
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.bookings.booking import BookingData, CustomerBooking
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.links.visit import Visit
    from admitone.web.customer.sent_form import SentForm

TEMPLATE = "customer/confirm.html"


class Detail(msgspec.Struct, frozen=True):
    """One more thing that was typed; `is_ours` if the label is ours, so translated."""

    label: str
    value: str | bool
    is_ours: bool


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """What is about to happen; times are epoch seconds, `was` is the present time of a booking that moves."""

    action: Literal["book", "reschedule", "cancel"]
    name: str
    host_name: str
    location: Location
    start: int
    end: int
    was: tuple[int, int] | None = None
    person: Person
    details: Sequence[Detail] = ()


async def confirm_booking(
    request: web.Request, visit: Visit, fields: Mapping[str, str], body: CustomerBooking, sent: SentForm
) -> web.Response:
    """Ask to confirm a booking; raises what `preview_booking` raises."""
    booking = await preview_booking(request.app[SERVICES], visit, body)
    view, data = view_visit(request.app[SERVICES], visit, booking.event_type.id), booking.data
    reader = reader_of(request, view.locale)
    pending = Pending(
        action="book",
        name=data.event_type_name,
        host_name=view.host_name,
        location=data.location.before_booking(),
        start=booking.start,
        end=booking.end,
        person=Person(data.name, data.email),
        details=_details(data),
    )
    settings = await visit.snapshot.settings()
    context = {
        **_context(request, fields, sent, pending),
        "text": date_text(reader, data.timezone),
        "brand": brand_of(settings, host_shown(request.app[SERVICES], visit, booking.event_type.id)),
    }
    return respond_page(
        request,
        TEMPLATE,
        context,
        status=_status(sent),
        reader=reader,
        theme=view.theme,
        accent=settings.accent,
    )


async def confirm_change(
    request: web.Request,
    managed: Managed,
    fields: Mapping[str, str],
    sent: SentForm,
    *,
    reason: str | None,
    start: int | None = None,
) -> web.Response:
    """Ask to confirm a move to `start` (epoch seconds), or without it the cancellation.

    `reason` is the one that would be kept.
    """
    view = await view_managed(request.app[SERVICES], managed)
    first = view.start if start is None else start
    pending = Pending(
        action="cancel" if start is None else "reschedule",
        name=view.event_type_name,
        host_name=view.host_name,
        location=view.location,
        start=first,
        end=first + view.end - view.start,
        was=None if start is None else (view.start, view.end),
        person=view.person,
        details=[Detail("Reason", reason, is_ours=True)] if reason else [],
    )
    context = _context(request, fields, sent, pending)
    text = booking_text(request, managed, read_choice(fields).timezone)
    return await respond_about(
        request, managed, TEMPLATE, context, status=_status(sent), text=text, view=view
    )


def _details(data: BookingData) -> list[Detail]:
    """The answers to the page's questions, and the notes."""
    answers = [Detail(data.questions[name], value, is_ours=False) for name, value in data.answers.items()]
    return [*answers, *([Detail(NOTES.label, data.notes, is_ours=True)] if data.notes else [])]


def _context(
    request: web.Request, fields: Mapping[str, str], sent: SentForm, pending: Pending
) -> dict[str, Any]:
    """The values for the template: its form goes to the same address and carries what was typed."""
    return {
        "pending": pending,
        "typed": typed_fields(fields),
        "nonce": sent.confirming_nonce(request),
        "to": request.path,
        "is_unanswered": sent.is_confirming,
    }


def _status(sent: SentForm) -> int:
    """200 for the question, 422 if it came back with its box unticked."""
    return 422 if sent.is_confirming else 200
