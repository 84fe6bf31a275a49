"""One booking and its actions: `/dashboard/bookings/BOOKING`."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from babel.lists import format_list

from admitone.domain.errors import Invalid, NotFound
from admitone.texts.message import message
from admitone.usecases.accounts.users import user_names
from admitone.usecases.bookings.booking_history import read_booking_history
from admitone.usecases.calendar_events.calendar_draft import labelled_answers
from admitone.usecases.mail.held_mail import held_mail_of
from admitone.usecases.shared.booking_view import host_view
from admitone.usecases.shared.ownership import seen_booking
from admitone.web.dashboard.bookings.booking_possible import read_possible
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.links.link import told
from admitone.web.dashboard.room import FORMER_USER, show_room
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.locale import reader_of
from admitone.web.http.problems import STATUS, refusal_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.errors import Refusal
    from admitone.domain.event import Event
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Caller
YOU = message("You")
"""What the caller is called: their name stands in the frame already."""


async def show(request: web.Request) -> web.Response:
    """Show one booking: its customer, time, answers, timeline and actions."""
    return await show_booking(request)


async def show_booking(
    request: web.Request,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    *,
    failed: Literal["cancel", "reassign", "again"] = "cancel",
    refusal: Refusal | None = None,
) -> web.Response:
    """The room of a booking; with `errors` by field and the `values` that the refused form `failed` sent.

    A `refusal` that concerns no field is said above the booking.
    """
    services, caller = request.app[SERVICES], request[CALLER]
    booking = await seen_booking(caller)
    [row] = await booking_rows(caller, [host_view(services, booking)])
    page: BookingPage | None
    [page] = await caller.snapshot.load(("booking_page", booking.host_page))
    names = await user_names(caller, booking.users)
    location, reader = booking.data.location, reader_of(request, part="dashboard")
    called = names | {caller.user.id: YOU}
    hosts = [reader.texts.say(called.get(user, FORMER_USER)) for user in booking.users]
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
        "refusal": refusal.sentences() if refusal else [],
        **await _actions(request, booking, names),
    }
    status = STATUS[type(refusal)] if refusal else STATUS[Invalid] if errors else HTTPStatus.OK
    room = await show_room(request, "bookings/booking", context, status=status)
    if refusal:
        room.headers.update(refusal_headers(refusal, status))
    return room


async def _actions(request: web.Request, booking: Booking, names: Mapping[str, str]) -> dict[str, Any]:
    """What the caller may do, the hosts and event types to choose from, and why the rest is not possible."""
    caller = request[CALLER]
    possible = await read_possible(caller, booking, request.app[SERVICES].now())
    return {
        "can": possible.acts,
        "why_not": possible.why_not,
        "is_host_gone": await _is_deactivated(caller, booking.users[0]),
        "others": [(names.get(user, FORMER_USER), choices) for user, choices in possible.others],
        "again": possible.again,
    }


async def _timeline(request: web.Request, booking: Booking) -> list[dict[str, Any]]:
    history = await read_booking_history(request.app[SERVICES], request[CALLER], booking)
    return await told(request, [_entry(event) for event in history])


def _entry(event: Event) -> dict[str, Any]:
    names = ("type", "at", "by", "reason", "start", "gave", "took")
    return {name: getattr(event, name) for name in names}


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
