"""This server as Google's client."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import structlog

from admitone.domain.errors import GoogleNotConfigured
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from admitone.web.http.appkeys import CONFIG, GOOGLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

    from admitone.google.sign_in import GoogleSignIn

log = structlog.get_logger()

CALLBACK = "/auth/google/callback"
T = TypeVar("T")


def google_of(request: web.Request) -> GoogleSignIn:
    """The client that signs people in; raises GoogleNotConfigured."""
    google = request.app.get(GOOGLE)
    if google is None:
        raise GoogleNotConfigured
    return google


def redirect_uri(request: web.Request) -> str:
    """The address to which Google redirects browsers; it is registered at Google."""
    return f"{request.app[CONFIG].public_url}{CALLBACK}"


def is_denied(request: web.Request) -> bool:
    """Whether the person did not consent: Google then sends the browser back with this error and no code."""
    return "code" not in request.query and request.query.get("error") == "access_denied"


async def use_code(
    request: web.Request, use: Callable[[str], Awaitable[T]], event: str, sentence: str | None = None
) -> T:
    """The result of `use` with the code that Google sent; a refusal is logged as `event` with its reason.

    Raises GoogleRefused (with `sentence`, if there is no code), GoogleUnreachable.
    """
    try:
        code = request.query.get("code")
        if code is None:
            raise GoogleRefused("authorization", sentence)
        return await use(code)
    except (GoogleRefused, GoogleUnreachable) as refusal:
        log.warning(event, code=refusal.code, reason=refusal.reason)
        raise
