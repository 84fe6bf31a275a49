"""GET /auth/google/start."""

from __future__ import annotations

from aiohttp import web

from admitone.domain import tokens
from admitone.google.sign_in import new_attempt
from admitone.web.local_path import local_path
from admitone.web.oauth.attempt_cookie import set_attempt
from admitone.web.oauth.google_client import google_of, redirect_uri

HOME = "/dashboard"


async def handle(request: web.Request) -> web.StreamResponse:
    """Send the browser to Google; `next` is where it is to be afterwards, on this server.

    `invitation` is the token of one that is to be accepted.
    """
    attempt = new_attempt()
    url = google_of(request).authorization_url(attempt, redirect_uri(request))
    response = web.Response(status=303, headers={"Location": url})
    to = local_path(request.query.get("next", ""), HOME)
    invitation = tokens.normalise(request.query.get("invitation", ""), tokens.INVITATION_LENGTH)
    set_attempt(request, response, attempt, to, invitation=invitation)
    return response
