"""Users: `/api/v1/users`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LastAdministrator, WouldBreakLinks, WouldBreakWorkflows
from admitone.usecases.accounts.user_update import update_user
from admitone.usecases.accounts.users import UserBody, UserView, list_users, read_user
from admitone.usecases.pages.breaking_links import Confirmation
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, read_patch, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("user_list", Listing[UserView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the users of the workspace, those who were deactivated too."""
    answer = await list_users(request.app[SERVICES], request[CALLER], query(request, ListQuery))
    return respond_json(answer)


@operation("user_get", UserView)
async def get(request: web.Request) -> web.Response:
    """Get one user."""
    return respond_json(await read_user(request.app[SERVICES], request[CALLER], request.match_info["id"]))


@operation(
    "user_update",
    UserView,
    patch=UserBody,
    query=Confirmation,
    refuses=(LastAdministrator, WouldBreakLinks, WouldBreakWorkflows),
)
async def update(request: web.Request) -> web.Response:
    """Change a user's role, deactivate them or activate them again, by a merge patch (RFC 7396)."""
    patch, confirm = await read_patch(request), query(request, Confirmation).confirm
    services, user = request.app[SERVICES], request.match_info["id"]
    return respond_json(await update_user(services, request[CALLER], user, patch, confirm=confirm))
