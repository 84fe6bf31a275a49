"""One booking, and what its hosts may do: `/dashboard/bookings/BOOKING`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from admitone.domain.bookings.booking import Reassignment, RescheduleRequest, host_refusal
from admitone.domain.errors import (
    CalendarUnreachable,
    Invalid,
    NotFound,
    NotReassignable,
    OneTimeNotOffered,
    SlotTaken,
    invalid,
)
from admitone.usecases.accounts.users import user_names
from admitone.usecases.bookings.booking_cancel import cancel_by_host
from admitone.usecases.bookings.booking_history import read_booking_history
from admitone.usecases.bookings.booking_no_show import record_no_show
from admitone.usecases.bookings.booking_reassign import reassign_booking
from admitone.usecases.bookings.booking_request_reschedule import request_booking_reschedule
from admitone.usecases.calendar_events.calendar_body import labelled_answers
from admitone.usecases.shared.booking_view import host_view
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.bookings.handover import SEPARATOR, other_hosts, other_times
from admitone.web.dashboard.links.link import told
from admitone.web.dashboard.room import lead_to, said_by_mail, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Caller


ACTIONS: tuple[Literal["cancel", "reschedule", "reassign", "no_show"], ...] = (
    "cancel",
    "reschedule",
    "reassign",
    "no_show",
)


async def show(request: web.Request) -> web.Response:
    """Show one booking: who, when, what was answered, what happened, and what can be done."""
    return await show_booking(request)


async def show_booking(
    request: web.Request,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    *,
    failed: Literal["cancel", "reassign", "again"] = "cancel",
) -> web.Response:
    """The room of a booking; with `errors` by field and the `values` sent, after `failed` was refused."""
    services, caller, booking = request.app[SERVICES], request[CALLER], booking_of(request)
    [row] = await booking_rows(caller, [host_view(services, booking)])
    page: BookingPage | None
    [page] = await caller.snapshot.load(("booking_page", booking.host_page))
    names = await user_names(caller, booking.users)
    history = await read_booking_history(services, caller, booking)
    may_act = caller.is_administrator or row.is_mine
    now = services.now()
    can = {act: may_act and host_refusal(booking, act, now) is None for act in ACTIONS}
    others = await other_hosts(caller, booking) if can["reassign"] else []
    return await show_room(
        request,
        "booking",
        {
            "room": "bookings",
            "row": row,
            "booking": row.booking,
            "location": booking.data.location,
            "join_url": row.booking.join_url if booking.data.location.kind == "google_meet" else None,
            "hosts": [names.get(user, "somebody who left") for user in booking.users],
            "answers": labelled_answers(booking, page),
            "can": can,
            "is_host_gone": await _is_deactivated(caller, booking.users[0]),
            "others": [(names.get(user, "somebody who left"), choices) for user, choices in others],
            "again": await other_times(caller, booking) if can["cancel"] else [],
            "timeline": await told(
                request,
                [
                    {"type": e.type, "at": e.at, "by": e.by, "reason": e.reason, "start": e.start}
                    for e in history
                ],
            ),
            "errors": {
                field if failed == "cancel" else f"{failed}.{field}": message
                for field, message in (errors or {}).items()
            },
            "failed": failed if errors else None,
            "values": values or {"reason": ""},
        },
        status=422 if errors else 200,
    )


async def _is_deactivated(caller: Caller, user_id: str) -> bool:
    user: User | None
    [user] = await caller.snapshot.load(("user", user_id))
    return user is not None and not user.active


def booking_of(request: web.Request) -> Booking:
    """The booking that the request is about; raises NotFound."""
    booking = request[CALLER].snapshot.booking
    if booking is None:
        raise NotFound
    return booking


def path_of(request: web.Request) -> str:
    """Its address; raises NotFound."""
    return f"/dashboard/bookings/{booking_of(request).id}"


async def cancel(request: web.Request) -> web.Response:
    """Cancel a booking as its host."""
    form = await read_form(request)
    try:
        booking = await cancel_by_host(request.app[SERVICES], request[CALLER], form.text("reason"))
    except Invalid as refusal:
        return await show_booking(request, by_field(refusal), form.fields)
    return lead_to(path_of(request), said=await said_by_mail(request, "cancelled", booking.host))


async def no_show(request: web.Request) -> web.Response:
    """Record that the customer did not come."""
    await record_no_show(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="no-show")


async def reassign(request: web.Request) -> web.Response:
    """Give a booking to another host."""
    form = await read_form(request)
    user, _, host = form.text("reassign.host").partition(SEPARATOR)
    body = Reassignment(host=host, instead_of=user, reason=form.text("reassign.reason"))
    try:
        if not host:
            raise invalid("host", "Choose a host.")
        booking = await reassign_booking(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        fields = {"instead_of": "host"}
        errors = {fields.get(field, field): message for field, message in by_field(refusal).items()}
    except (SlotTaken, NotReassignable, CalendarUnreachable) as refusal:
        errors = {"host": refusal.detail}
    else:
        return lead_to(path_of(request), said=await said_by_mail(request, "reassigned", booking.host))
    return await show_booking(request, errors, form.fields, failed="reassign")


async def request_reschedule(request: web.Request) -> web.Response:
    """Cancel a booking, and show the link by which its customer chooses another time."""
    form = await read_form(request)
    body = RescheduleRequest(
        event_type=form.text("again.event_type") or None, reason=form.text("again.reason")
    )
    try:
        answer = plain(await request_booking_reschedule(request.app[SERVICES], request[CALLER], body))
    except Invalid as refusal:
        errors = by_field(refusal)
    except OneTimeNotOffered as refusal:
        errors = {"event_type": refusal.detail}
    else:
        said = await said_by_mail(request, "asked", answer["booking"]["host"])
        return lead_to(f"/dashboard/links/{answer['link']['id']}", said=said)
    return await show_booking(request, errors, form.fields, failed="again")
