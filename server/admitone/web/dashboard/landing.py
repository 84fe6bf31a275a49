"""The front page of the server: `/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Unauthenticated
from admitone.web.dashboard.room import lead_to
from admitone.web.http.appkeys import CONFIG
from admitone.web.http.caller import find_caller
from admitone.web.http.html import respond_page
from admitone.web.http.session_cookie import session_token

if TYPE_CHECKING:
    from aiohttp import web


async def show(request: web.Request) -> web.StreamResponse:
    """Say what Admit One is, and offer to sign in; a signed-in user is led to the dashboard."""
    if session_token(request) is not None and await _is_signed_in(request):
        return lead_to("/dashboard")
    config = request.app[CONFIG]
    return respond_page(
        request, "dashboard/landing.html", {"can_sign_in": config.google_client_id is not None}
    )


async def _is_signed_in(request: web.Request) -> bool:
    try:
        await find_caller(request)
    except Unauthenticated:
        return False
    return True
