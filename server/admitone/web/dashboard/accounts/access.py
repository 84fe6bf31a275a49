"""Connected apps and sessions of the user: `/dashboard/settings/access`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.credentials.sessions import session_id
from admitone.usecases.accounts import access
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.session_cookie import session_token
from admitone.web.oauth.consent_cookie import forget_consents
from admitone.web.oauth.consent_page import APP
from admitone.web.oauth.sign_out import signed_out

if TYPE_CHECKING:
    from aiohttp import web

PATH = "/dashboard/settings/access"


async def show(request: web.Request) -> web.Response:
    """List the apps and sessions of the caller."""
    found = await access.list_access(request.app[SERVICES], request[CALLER])
    context = {
        "room": "settings",
        "part": "access",
        "app": APP,
        "apps": found.apps,
        "sessions": found.sessions,
        "present": _present(request),
    }
    return await show_room(request, "accounts/access", context)


async def end_session(request: web.Request) -> web.Response:
    """End one session; if it is the present one, the person is signed out."""
    named = request.match_info["id"]
    await access.end_session(request.app[SERVICES], request[CALLER], named)
    return signed_out(request) if named == _present(request) else lead_to(PATH, said="session-ended")


async def end_app(request: web.Request) -> web.Response:
    """End the access of one app, which asks again at its next sign-in."""
    await access.end_app(request.app[SERVICES], request[CALLER], request.match_info["id"])
    response = lead_to(PATH, said="app-ended")
    forget_consents(request, response)
    return response


def _present(request: web.Request) -> str:
    """The id of the session of this request."""
    return session_id(session_token(request) or "")
