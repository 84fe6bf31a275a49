"""The sealed cookie of a sign-in in progress: one for each state, so that browser tabs do not interfere."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import SignInExpired
from admitone.google.sign_in import SignInAttempt
from admitone.sealing import Carried
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.cookies import bound_name, delete_cookie, set_cookie
from admitone.web.http.sealed_value import open_value, seal_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp import web

LIFETIME = 600
"""Seconds within which a person must come back from Google."""
MOST_BYTES = 4096
"""Bytes of all sign-ins in progress in one browser; servers and proxies accept 8 KiB of cookies at most."""
PREFIX = "admitone_sign_in_"


class Begun(msgspec.Struct, frozen=True):
    """A sign-in in progress; `next` is the address to show afterwards, `until` its expiry (epoch seconds).

    `connecting` is the id of the user who connects Google, or None for a sign-in. `invitation` is the token
    of the invitation that the sign-in accepts. `timezone` is the browser's, None if no script told it.
    """

    attempt: SignInAttempt
    next: str
    until: int
    connecting: str | None = None
    invitation: str | None = None
    timezone: str | None = None


def set_attempt(
    request: web.Request,
    response: web.StreamResponse,
    attempt: SignInAttempt,
    to: str,
    *,
    connecting: str | None = None,
    invitation: str | None = None,
    timezone: str | None = None,
) -> None:
    """Give the browser the sealed attempt, and delete the oldest attempts if all would be too long."""
    until = request.app[SERVICES].now() + LIFETIME
    begun = Begun(attempt, to, until, connecting, invitation, timezone)
    name, sealed = _name(request, attempt.state), seal_value(request, Carried.SIGN_IN, attempt.state, begun)
    set_cookie(request, response, name, sealed, max_age=LIFETIME)
    for surplus in _surplus(request, MOST_BYTES - len(name) - len(sealed)):
        delete_cookie(request, response, surplus)


def read_attempt(request: web.Request, state: str) -> Begun:
    """The sign-in that this browser began with `state`; raises SignInExpired."""
    sealed = request.cookies.get(_name(request, state), "")
    begun = open_value(request, Carried.SIGN_IN, state, sealed, Begun)
    if begun is None:
        raise SignInExpired
    return begun


def clear_attempt(request: web.Request, response: web.StreamResponse, state: str) -> None:
    """Delete the attempt: it can be used once only."""
    delete_cookie(request, response, _name(request, state))


def _surplus(request: web.Request, room: int) -> Iterator[str]:
    """The names of the oldest attempts that exceed `room` bytes; browsers send the oldest first."""
    prefix = bound_name(request, PREFIX)
    for name, value in reversed(list(request.cookies.items())):
        if name.startswith(prefix):
            room -= len(name) + len(value)
            if room < 0:
                yield name


def _name(request: web.Request, state: str) -> str:
    """The cookie's name, bound to this host: a cookie from another host could sign people in as others."""
    return bound_name(request, PREFIX + hashlib.sha256(state.encode()).hexdigest()[:16])
