"""Users and invitations: `/dashboard/settings/users`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid, LastAdministrator, TooManyRequests, WouldBreakLinks
from admitone.domain.instant import Instant
from admitone.domain.people.invitation import InvitationBody
from admitone.texts.message import message
from admitone.usecases.accounts.invitation_create import create_invitation
from admitone.usecases.accounts.invitations import delete_invitation, view_invitation
from admitone.usecases.accounts.user_update import update_user
from admitone.usecases.accounts.users import list_users
from admitone.usecases.bookings.booking_list import BookingQuery, list_bookings
from admitone.usecases.shared.listing import ListQuery
from admitone.usecases.shared.records import all_stored
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.room import lead_to, more_at, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.shared.services import Caller, Services


PATH = "/dashboard/settings/users"
INVITATION = StructForm(InvitationBody)


async def show(request: web.Request) -> web.Response:
    """List users and invitations, and offer to invite somebody."""
    return await show_users(request)


async def show_users(
    request: web.Request,
    *,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    problem: str | None = None,
) -> web.Response:
    """The room; `problem` says why a user could not be changed."""
    services, caller = request.app[SERVICES], request[CALLER]
    found = await list_users(services, caller, ListQuery(cursor=request.query.get("cursor") or None))
    invitations = await all_stored(services, caller, "invitation")
    context: dict[str, Any] = {
        "room": "settings",
        "part": "users",
        "users": found.items,
        "invitations": [view_invitation(services, caller.workspace, one) for one in invitations],
        "values": values or INVITATION.values(InvitationBody(email="")),
        "errors": errors or {},
        "problem": problem,
        "more": more_at(request, found),
    }
    return await show_room(
        request, "accounts/users", context, status=422 if errors else 409 if problem else 200
    )


async def update(request: web.Request) -> web.Response:
    """Change a user's `role`, or whether they are `active` (`yes` or `no`).

    If a deactivated user has bookings to come, these are shown next.
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
        await update_user(services, caller, user, patch, confirm=is_confirmed(form))
    except LastAdministrator as refusal:
        return await show_users(request, problem=refusal.detail)
    except WouldBreakLinks as refusal:
        action = message("Deactivate anyway")
        return await ask(request, form, refusal, room="settings", action=action, back=PATH)
    if user == caller.user.id:
        return lead_to("/dashboard")  # they may have given up the right to see this room
    if patch.get("active") is False and await has_bookings(services, caller, user):
        return lead_to("/dashboard/bookings", host=user, said="deactivated")
    return lead_to(PATH, said="saved")


async def has_bookings(services: Services, caller: Caller, user: str) -> bool:
    """Whether the user has live bookings to come."""
    query = BookingQuery(host=user, first=Instant(services.now()), limit=1)
    found = await list_bookings(services, caller, query, live_only=True)
    return bool(found.items or found.next_cursor)


async def invite(request: web.Request) -> web.Response:
    """Invite somebody."""
    values, document = INVITATION.read(await read_form(request))
    try:
        body = convert(document, InvitationBody)
        await create_invitation(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_users(request, values=values, errors=by_field(refusal))
    except TooManyRequests as refusal:
        return await show_users(request, values=values, errors={"email": refusal.detail})
    return lead_to(PATH, said="invited")


async def withdraw(request: web.Request) -> web.Response:
    """Withdraw an invitation."""
    await delete_invitation(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="withdrawn")
