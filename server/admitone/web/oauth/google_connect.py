"""GET /auth/google/connect."""

from __future__ import annotations

from aiohttp import web

from admitone.domain.errors import invalid
from admitone.google.scopes import SCOPES
from admitone.google.sign_in import new_attempt
from admitone.web.appkeys import CALLER
from admitone.web.local_path import local_path
from admitone.web.oauth.attempt_cookie import set_attempt
from admitone.web.oauth.google_client import google_of, redirect_uri

HOME = "/dashboard/settings/google"


async def handle(request: web.Request) -> web.StreamResponse:
    """Send the browser to Google to allow each `service`: `calendar`, `mail`, `drafts`; then to `next`."""
    asked = request.query.getall("service", [])
    if not asked or not SCOPES.keys() >= set(asked):
        raise invalid("service", f"Name what to connect: {', '.join(SCOPES)}.")
    user, attempt = request[CALLER].user, new_attempt()
    url = google_of(request).authorization_url(
        attempt,
        redirect_uri(request),
        login_hint=user.email,
        scopes=[scope for service, scopes in SCOPES.items() if service in asked for scope in scopes],
    )
    response = web.Response(status=303, headers={"Location": url})
    to = local_path(request.query.get("next", ""), HOME)
    set_attempt(request, response, attempt, to, connecting=user.id)
    return response
