"""GET /auth/google/start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.domain.errors import GoogleNotConfigured
from admitone.google.sign_in import new_attempt
from admitone.web.appkeys import CONFIG, GOOGLE
from admitone.web.local_path import local_path
from admitone.web.oauth.attempt_cookie import set_attempt
from admitone.web.oauth.google_callback import PATH

if TYPE_CHECKING:
    from admitone.config import Config

HOME = "/dashboard"


async def handle(request: web.Request) -> web.StreamResponse:
    """Send the browser to Google; `next` is where it is to be afterwards, on this server."""
    google = request.app.get(GOOGLE)
    if google is None:
        raise GoogleNotConfigured
    attempt = new_attempt()
    url = google.authorization_url(attempt, redirect_uri(request.app[CONFIG]))
    response = web.Response(status=303, headers={"Location": url})
    set_attempt(request, response, attempt, local_path(request.query.get("next", ""), HOME))
    return response


def redirect_uri(config: Config) -> str:
    """Where Google sends browsers back to; it is registered there."""
    return f"{config.public_url}{PATH}"
