"""Leave the workspace: `/dashboard/settings/leave`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LastAdministrator, WouldBreakWorkflows
from admitone.usecases.accounts.workspace_leave import leave_workspace, what_leaving_breaks
from admitone.web.dashboard.accounts.users import has_bookings
from admitone.web.dashboard.room import show_room
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.oauth.sign_out import signed_out

if TYPE_CHECKING:
    from aiohttp import web


async def show(request: web.Request) -> web.Response:
    """Say what becomes of the caller's pages, links and bookings, and ask."""
    services, caller = request.app[SERVICES], request[CALLER]
    try:
        breaks, problem = await what_leaving_breaks(services, caller), None
    except LastAdministrator as refusal:
        breaks, problem = None, refusal.detail
    context = {
        "room": "settings",
        "part": "profile",
        "problem": problem,
        "links": breaks.many if breaks and breaks.links else None,
        "workflows": breaks.need if isinstance(breaks, WouldBreakWorkflows) else None,
        "has_bookings": await has_bookings(services, caller, caller.user.id),
    }
    return await show_room(request, "accounts/leave", context, status=409 if problem else 200)


async def leave(request: web.Request) -> web.Response:
    """Leave; the page has said what follows, so that nothing more is asked."""
    try:
        await leave_workspace(request.app[SERVICES], request[CALLER], confirm=True)
    except LastAdministrator:
        return await show(request)
    return signed_out(request)
