"""POST /dashboard/settings/users/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LastAdministrator, WouldBreakLinks
from admitone.domain.instant import Instant
from admitone.usecases.booking_list import BookingQuery, list_bookings
from admitone.usecases.user_update import update_user
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.users import show_users

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.services import Caller, Services

ROOM = "/dashboard/settings/users"


async def handle(request: web.Request) -> web.Response:
    """Change a user's role (`role`), or whether they may do anything (`active`: `yes` or `no`).

    The bookings of who is deactivated are shown next, if there are any.
    """
    form = await read_form(request)
    patch: dict[str, object] = {}
    if role := form.text("role"):
        patch["role"] = role
    if active := form.text("active"):
        patch["active"] = active == "yes"
    user = request.match_info["id"]
    services, caller = request.app[SERVICES], request[CALLER]
    try:
        await update_user(services, caller, user, patch, convert, confirm=is_confirmed(form))
    except LastAdministrator as refusal:
        return await show_users(request, problem=refusal.detail)
    except WouldBreakLinks as refusal:
        return await ask(request, form, refusal, room="settings", action="Deactivate all the same", back=ROOM)
    if user == caller.user.id:
        return lead_to("/dashboard")  # what they gave up, this room may be
    if patch.get("active") is False and await _has_bookings(services, caller, user):
        return lead_to("/dashboard/bookings", host=user, said="deactivated")
    return lead_to(ROOM, said="saved")


async def _has_bookings(services: Services, caller: Caller, user: str) -> bool:
    """Whether somebody has to see to bookings that are to come."""
    query = BookingQuery(host=user, first=Instant(services.now()), limit=1)
    found = await list_bookings(services, caller, query, live_only=True)
    return bool(found.items or found.next_cursor)
