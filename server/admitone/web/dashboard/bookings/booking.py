"""One booking and its actions: `/dashboard/bookings/BOOKING`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from babel.lists import format_list

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
from admitone.texts.message import message
from admitone.usecases.accounts.users import user_names
from admitone.usecases.bookings.booking_cancel import cancel_by_host
from admitone.usecases.bookings.booking_history import read_booking_history
from admitone.usecases.bookings.booking_no_show import record_no_show
from admitone.usecases.bookings.booking_no_show_undo import undo_no_show
from admitone.usecases.bookings.booking_reassign import reassign_booking
from admitone.usecases.bookings.booking_request_reschedule import request_booking_reschedule
from admitone.usecases.calendar_events.calendar_draft import labelled_answers
from admitone.usecases.mail.held_mail import held_mail_of
from admitone.usecases.shared.booking_view import host_view
from admitone.usecases.shared.ownership import seen_booking
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.bookings.handover import SEPARATOR, other_hosts, other_times
from admitone.web.dashboard.links.link import told
from admitone.web.dashboard.room import FORMER_USER, lead_to, said_by_mail, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.locale import reader_of

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
    """Show one booking: its customer, time, answers, timeline and actions."""
    return await show_booking(request)


async def show_booking(
    request: web.Request,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    *,
    failed: Literal["cancel", "reassign", "again"] = "cancel",
) -> web.Response:
    """The room of a booking; with `errors` by field and the `values` that the refused form `failed` sent."""
    services, caller = request.app[SERVICES], request[CALLER]
    booking = await seen_booking(caller)
    [row] = await booking_rows(caller, [host_view(services, booking)])
    page: BookingPage | None
    [page] = await caller.snapshot.load(("booking_page", booking.host_page))
    names = await user_names(caller, booking.users)
    location, reader = booking.data.location, reader_of(request, part="dashboard")
    hosts = [reader.texts.say(names.get(user, FORMER_USER)) for user in booking.users]
    context = {
        "room": "bookings",
        "row": row,
        "booking": row.booking,
        "location": location,
        "lacks_meeting": location.kind == "google_meet" and bool(booking.location.detail),
        "join_url": row.booking.join_url if location.kind == "google_meet" else None,
        "host": hosts[0],
        "others_taking_part": format_list(hosts[1:], "unit", reader.locale),
        "answers": labelled_answers(booking, page),
        "timeline": await _timeline(request, booking),
        "held": await held_mail_of(services, caller, booking),
        "errors": {
            field if failed == "cancel" else f"{failed}.{field}": message
            for field, message in (errors or {}).items()
        },
        "failed": failed if errors else None,
        "values": values or {"reason": ""},
        **await _actions(request, booking, names, is_mine=row.is_mine),
    }
    return await show_room(request, "bookings/booking", context, status=422 if errors else 200)


async def _actions(
    request: web.Request, booking: Booking, names: Mapping[str, str], *, is_mine: bool
) -> dict[str, Any]:
    """The actions that the caller may take, and the hosts and event types to choose from."""
    caller, now = request[CALLER], request.app[SERVICES].now()
    may_act = caller.is_administrator or is_mine
    can: dict[str, bool] = {act: may_act and host_refusal(booking, act, now) is None for act in ACTIONS}
    can["no_show_undo"] = may_act and booking.status == "no_show"
    others = await other_hosts(caller, booking) if can["reassign"] else []
    return {
        "can": can,
        "is_host_gone": await _is_deactivated(caller, booking.users[0]),
        "others": [(names.get(user, FORMER_USER), choices) for user, choices in others],
        "again": await other_times(caller, booking) if can["cancel"] else [],
    }


async def _timeline(request: web.Request, booking: Booking) -> list[dict[str, Any]]:
    history = await read_booking_history(request.app[SERVICES], request[CALLER], booking)
    entries = [
        {"type": e.type, "at": e.at, "by": e.by, "reason": e.reason, "start": e.start} for e in history
    ]
    return await told(request, entries)


async def _is_deactivated(caller: Caller, user_id: str) -> bool:
    user: User | None
    [user] = await caller.snapshot.load(("user", user_id))
    return user is not None and not user.active


def path_of(request: web.Request) -> str:
    """The address of the booking that the request names; raises NotFound."""
    booking = request[CALLER].snapshot.booking
    if booking is None:
        raise NotFound
    return f"/dashboard/bookings/{booking.id}"


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


async def no_show_undo(request: web.Request) -> web.Response:
    """Take back that the customer did not come."""
    await undo_no_show(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="no-show-undone")


async def reassign(request: web.Request) -> web.Response:
    """Give a booking to another host."""
    form = await read_form(request)
    user, _, host = form.text("reassign.host").partition(SEPARATOR)
    body = Reassignment(host=host, instead_of=user, reason=form.text("reassign.reason"))
    try:
        if not host:
            raise invalid("host", message("Choose a host."))
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
    """Cancel a booking, and show the new link with which its customer can choose another time."""
    form = await read_form(request)
    body = RescheduleRequest(
        event_type=form.text("again.event_type") or None, reason=form.text("again.reason")
    )
    try:
        answer = await request_booking_reschedule(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        errors = by_field(refusal)
    except OneTimeNotOffered as refusal:
        errors = {"event_type": refusal.detail}
    else:
        said = await said_by_mail(request, "asked", answer.booking.host)
        return lead_to(f"/dashboard/links/{answer.link.id}", said=said)
    return await show_booking(request, errors, form.fields, failed="again")
