"""The confirming page: what is about to happen, and a box to agree to it, or a code to book with.

It answers a form that came without the mark of our script: from a browser without scripts, or from a program.
And it asks for the code that was mailed to the customer, if the page wants one: the code, which is only in
their mailbox, takes the place of the box.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from admitone.domain.bookings.policy import Policy
from admitone.domain.errors import CodeWrong
from admitone.domain.links.link import Person
from admitone.domain.pages.event_type import Location
from admitone.usecases.bookings.booking_preview import preview_booking
from admitone.usecases.bookings.email_code import request_email_code
from admitone.usecases.bookings.managed import view_managed
from admitone.usecases.links.visit_view import host_shown, view_visit
from admitone.web.customer.brand import brand_of
from admitone.web.customer.choice import read_choice
from admitone.web.customer.clock import customer_reader
from admitone.web.customer.form_fields import GUEST_LIST, NOTES, REASON
from admitone.web.customer.managed_page import booking_text, respond_about
from admitone.web.customer.promises import promises
from admitone.web.customer.sent_form import typed_fields
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.connections.network_limit import limited_address
from admitone.web.http.html import date_text, respond_page
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.bookings.booking import BookingData, CustomerBooking
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.links.visit import Visit
    from admitone.web.customer.sent_form import SentForm

TEMPLATE = "customer/confirm.html"
Action = Literal["book", "reschedule", "cancel", "erase"]


class Detail(msgspec.Struct, frozen=True):
    """One more thing that was typed; `is_ours` if the label is ours, so translated."""

    label: str
    value: str | bool
    is_ours: bool


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """What is about to happen; times are epoch seconds, `was` is the present time of a booking that moves.

    `policy` is that of a booking that is about to be made.
    """

    action: Action
    name: str
    host_name: str
    location: Location
    start: int
    end: int
    was: tuple[int, int] | None = None
    person: Person
    details: Sequence[Detail] = ()
    policy: Policy | None = None


async def confirm_booking(
    request: web.Request,
    visit: Visit,
    fields: Mapping[str, str],
    body: CustomerBooking,
    sent: SentForm,
    wrong: CodeWrong | None = None,
) -> web.Response:
    """Ask to confirm a booking; mail the code for it, unless the last one was `wrong`.

    Raises what `preview_booking` raises, and TooManyRequests.
    """
    services = request.app[SERVICES]
    booking = await preview_booking(services, visit, body)
    settings, data, reader = await visit.snapshot.settings(), booking.data, customer_reader(request)
    view = await view_visit(services, visit, settings, booking.event_type.id)
    if visit.asks_code and wrong is None:
        await request_email_code(services, visit, data.email, limited_address(request), reader.tag)
    pending = Pending(
        action="book",
        name=data.event_type_name,
        host_name=view.host_name,
        location=next(one.location for one in view.event_types if one.id == booking.event_type.id),
        start=booking.start,
        end=booking.end,
        person=Person(data.name, data.email),
        details=_details(data),
        policy=data.policy,
    )
    text = date_text(reader, data.timezone)
    context = {
        **_context(request, fields, sent, pending),
        "text": text,
        "promises": promises(data.policy, text, booking.start, services.now()),
        "brand": brand_of(settings, host_shown(services, visit, booking.event_type.id)),
        "asks_code": visit.asks_code,
        "wrong_code": wrong.detail if wrong else None,
    }
    return respond_page(
        request,
        TEMPLATE,
        context,
        status=_status(sent) if not visit.asks_code else STATUS[CodeWrong] if wrong else 200,
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
    action: Action = "cancel",
) -> web.Response:
    """Ask to confirm a move to `start` (epoch seconds), or without it the `action`.

    `reason` is the one that would be kept.
    """
    view = await view_managed(request.app[SERVICES], managed)
    first = view.start if start is None else start
    pending = Pending(
        action=action if start is None else "reschedule",
        name=view.event_type_name,
        host_name=view.host_name,
        location=view.location,
        start=first,
        end=first + view.end - view.start,
        was=None if start is None else (view.start, view.end),
        person=view.person,
        details=[Detail(REASON, reason, is_ours=True)] if reason else [],
    )
    context = _context(request, fields, sent, pending)
    text = booking_text(request, managed, read_choice(fields).timezone)
    return await respond_about(
        request, managed, TEMPLATE, context, status=_status(sent), text=text, view=view
    )


def _details(data: BookingData) -> list[Detail]:
    """The guests, the answers to the page's questions, and the notes."""
    guests = [Detail(GUEST_LIST.label, ", ".join(data.guests), is_ours=True)] if data.guests else []
    answers = [Detail(data.questions[name], value, is_ours=False) for name, value in data.answers.items()]
    return [*guests, *answers, *([Detail(NOTES.label, data.notes, is_ours=True)] if data.notes else [])]


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
        "asks_code": False,
    }


def _status(sent: SentForm) -> int:
    """200 for the question, 422 if it came back with its box unticked."""
    return 422 if sent.is_confirming else 200
