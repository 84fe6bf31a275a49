"""POST /dashboard/settings/users/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LastAdministrator, WouldBreakLinks
from admitone.usecases.user_update import update_user
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.users import show_users

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change a user's role (`role`), or whether they may do anything (`active`: `yes` or `no`)."""
    form = await read_form(request)
    patch: dict[str, object] = {}
    if role := form.text("role"):
        patch["role"] = role
    if active := form.text("active"):
        patch["active"] = active == "yes"
    user = request.match_info["id"]
    try:
        services, caller = request.app[SERVICES], request[CALLER]
        await update_user(services, caller, user, patch, convert, confirm=is_confirmed(form))
    except LastAdministrator as refusal:
        return await show_users(request, problem=refusal.detail)
    except WouldBreakLinks as refusal:
        back = "/dashboard/settings/users"
        return await ask(request, form, refusal, room="settings", action="Deactivate all the same", back=back)
    return lead_to("/dashboard/settings/users", said="saved")
