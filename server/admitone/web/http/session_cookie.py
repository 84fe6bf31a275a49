"""The dashboard's session cookie, and the token that its forms and calls carry against CSRF."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import CsrfMissing, Invalid
from admitone.store.records.sessions import LIFETIME
from admitone.web.http.appkeys import CONFIG
from admitone.web.http.posted_form import read_posted

if TYPE_CHECKING:
    from aiohttp import web

FORM_TYPES = frozenset({"application/x-www-form-urlencoded"})
FORM_FIELD = "csrf"
HEADER = "X-CSRF-Token"


def session_token(request: web.Request) -> str | None:
    """The token of the session cookie, None where there is none that could be one."""
    return tokens.normalise(request.cookies.get(_name(request), ""), tokens.SESSION_LENGTH)


def set_session(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Sign the browser in. SameSite=Lax: a link from a mail leads in, a form of another site does not."""
    response.set_cookie(
        _name(request),
        token,
        max_age=LIFETIME,
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="Lax",
    )


def clear_session(request: web.Request, response: web.StreamResponse) -> None:
    """Sign the browser out."""
    response.del_cookie(_name(request), path="/", secure=is_https(request), httponly=True, samesite="Lax")


def csrf_token(session: str) -> str:
    """What a page of this session puts into its forms; another site cannot read it, nor make it."""
    return tokens.address("csrf", session)


async def refuse_forged(request: web.Request, session: str) -> None:
    """Refuse a request that changes something and lacks the token of its session.

    Raises CsrfMissing, BodyTooSlow.
    """
    given = request.headers.get(HEADER)
    if given is None and request.content_type in FORM_TYPES:
        given = await _form_token(request)
    if not hmac.compare_digest((given or "").encode(), csrf_token(session).encode()):
        raise CsrfMissing


def is_https(request: web.Request) -> bool:
    """Whether browsers reach this server by https: cookies are then bound to it."""
    return request.app[CONFIG].public_url.startswith("https:")


def bound_name(request: web.Request, name: str) -> str:
    """`name` with the prefix by which browsers let no other host set the cookie (RFC 6265bis, 4.1.3).

    They demand https, no domain and the path `/` for it.
    """
    return f"__Host-{name}" if is_https(request) else name


async def _form_token(request: web.Request) -> str:
    """The token in a form, empty in one that cannot be read: nobody has been let in yet who could be told."""
    try:
        form = await read_posted(request)
    except Invalid:
        return ""
    return str(form.get(FORM_FIELD, ""))


def _name(request: web.Request) -> str:
    return bound_name(request, "admitone")
