"""GET /dashboard/bookings/{booking}"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from admitone.domain.booking import host_refusal
from admitone.domain.errors import NotFound
from admitone.usecases.booking_history import read_booking_history
from admitone.usecases.booking_view import host_view
from admitone.usecases.calendar_body import labelled_answers
from admitone.usecases.user_names import user_names
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking_rows import booking_rows
from admitone.web.dashboard.handover import other_hosts, other_times
from admitone.web.dashboard.link import told
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.booking import Booking
    from admitone.domain.booking_page import BookingPage
    from admitone.domain.user import User
    from admitone.usecases.services import Caller

ACTIONS: tuple[Literal["cancel", "reschedule", "reassign", "no_show"], ...] = (
    "cancel",
    "reschedule",
    "reassign",
    "no_show",
)


async def handle(request: web.Request) -> web.Response:
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
    return await show(
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
