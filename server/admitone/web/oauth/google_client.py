"""This server as Google's client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import GoogleNotConfigured
from admitone.web.http.appkeys import CONFIG, GOOGLE

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.google.sign_in import GoogleSignIn

CALLBACK = "/auth/google/callback"


def google_of(request: web.Request) -> GoogleSignIn:
    """The client that signs people in; raises GoogleNotConfigured."""
    google = request.app.get(GOOGLE)
    if google is None:
        raise GoogleNotConfigured
    return google


def redirect_uri(request: web.Request) -> str:
    """The address to which Google redirects browsers; it is registered at Google."""
    return f"{request.app[CONFIG].public_url}{CALLBACK}"
