"""GET /dashboard/settings/users"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.config_list import ListQuery, all_config
from admitone.usecases.invitation_view import view_invitation
from admitone.usecases.user_page import page_users
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import show, with_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """List users and invitations, and offer to invite."""
    return await show_users(request)


async def show_users(
    request: web.Request,
    *,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    problem: str | None = None,
) -> web.Response:
    """The room; `problem` is why a user could not be changed."""
    services, caller = request.app[SERVICES], request[CALLER]
    found = await page_users(services, caller, ListQuery(cursor=request.query.get("cursor") or None))
    invitations = await all_config(services, caller, "invitation")
    context: dict[str, Any] = {
        "room": "settings",
        "part": "users",
        "users": found.items,
        "invitations": [view_invitation(services, caller.workspace, one) for one in invitations],
        "values": values or {"email": "", "role": "member"},
        "errors": errors or {},
        "problem": problem,
        "more": with_query(request, cursor=found.next_cursor) if found.next_cursor else None,
    }
    return await show(request, "users", context, status=422 if errors else 409 if problem else 200)
