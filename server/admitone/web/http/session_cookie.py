"""The dashboard's session cookie, and the CSRF token that its forms and calls carry."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import CsrfMissing, Invalid
from admitone.store.records.credentials.sessions import LIFETIME
from admitone.web.http.appkeys import ROUTE
from admitone.web.http.cookies import bound_name, delete_cookie, set_cookie
from admitone.web.http.posted_form import read_posted
from admitone.web.http.uploads import FORM_TYPE, first_field

if TYPE_CHECKING:
    from aiohttp import web

FORM_TYPES = frozenset({"application/x-www-form-urlencoded"})
FORM_FIELD = "csrf"
HEADER = "X-CSRF-Token"


def session_token(request: web.Request) -> str | None:
    """The token of the session cookie, or None if there is none or its value cannot be one."""
    return tokens.normalise(request.cookies.get(_name(request), ""), tokens.SESSION_LENGTH)


def set_session(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Sign the browser in."""
    set_cookie(request, response, _name(request), token, max_age=LIFETIME)


def clear_session(request: web.Request, response: web.StreamResponse) -> None:
    """Sign the browser out."""
    delete_cookie(request, response, _name(request))


def csrf_token(session: str) -> str:
    """The CSRF token of a session, for its pages' forms; another site can neither read nor compute it."""
    return tokens.address("csrf", session)


async def refuse_forged(request: web.Request, session: str) -> None:
    """Refuse a request without the CSRF token of its session, in the header or a field of its form.

    Raises CsrfMissing, BodyTooSlow.
    """
    given = request.headers.get(HEADER)
    if given is None:
        given = await _form_token(request)
    sent = (given or "").encode(errors="surrogateescape")  # so aiohttp decoded a header that is not UTF-8
    if not hmac.compare_digest(sent, csrf_token(session).encode()):
        raise CsrfMissing


async def _form_token(request: web.Request) -> str:
    """The token in a form; empty if the form cannot be read: only signed-in callers get errors.

    In a form with a file it is the first field, and nothing after it is read yet.
    """
    try:
        if request.content_type == FORM_TYPE and request[ROUTE].limit.takes_file:
            return await first_field(request, FORM_FIELD)
        if request.content_type not in FORM_TYPES:
            return ""
        form = await read_posted(request)
    except Invalid:
        return ""
    return str(form.get(FORM_FIELD, ""))


def _name(request: web.Request) -> str:
    return bound_name(request, "admitone")
