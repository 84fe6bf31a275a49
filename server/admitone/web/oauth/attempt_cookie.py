"""The sealed cookie of a sign-in under way: one for each state, so that tabs do not disturb each other."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import SignInExpired
from admitone.google.sign_in import SignInAttempt
from admitone.sealing import Carried, UnsealError
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.session_cookie import bound_name, is_https

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp import web

LIFETIME = 600
"""Seconds that a person has at Google."""
MOST_BYTES = 4096
"""All sign-ins under way in one browser; servers and proxies take no more than 8 KiB of cookies."""
PREFIX = "admitone_sign_in_"


class Begun(msgspec.Struct, frozen=True):
    """A sign-in that was begun, where it is to lead, and when it is over (epoch seconds).

    `connecting` is the id of the user who connects Google, None for somebody who signs in; `invitation` the
    token of the invitation that they accept by it.
    """

    attempt: SignInAttempt
    next: str
    until: int
    connecting: str | None = None
    invitation: str | None = None


def set_attempt(
    request: web.Request,
    response: web.StreamResponse,
    attempt: SignInAttempt,
    to: str,
    *,
    connecting: str | None = None,
    invitation: str | None = None,
) -> None:
    """Give the browser the sealed attempt, and take the oldest ones away where they become too many."""
    services = request.app[SERVICES]
    begun = Begun(attempt, to, services.now() + LIFETIME, connecting, invitation)
    sealed = services.store.sealer.seal(Carried.SIGN_IN, attempt.state, msgspec.json.encode(begun))
    name = _name(request, attempt.state)
    response.set_cookie(
        name,
        sealed,
        max_age=LIFETIME,
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="Lax",
    )
    for surplus in _surplus(request, MOST_BYTES - len(name) - len(sealed)):
        _delete(request, response, surplus)


def read_attempt(request: web.Request, state: str) -> Begun:
    """What this browser began with `state`; raises SignInExpired."""
    services = request.app[SERVICES]
    sealed = request.cookies.get(_name(request, state), "")
    try:
        opened = services.store.sealer.open(Carried.SIGN_IN, state, sealed)
    except UnsealError:
        raise SignInExpired from None
    begun = msgspec.json.decode(opened, type=Begun)
    if begun.until <= services.now():
        raise SignInExpired
    return begun


def clear_attempt(request: web.Request, response: web.StreamResponse, state: str) -> None:
    """Take the attempt away: it is good once."""
    _delete(request, response, _name(request, state))


def _surplus(request: web.Request, room: int) -> Iterator[str]:
    """The attempts that the room is too small for; browsers send the oldest first (RFC 6265, 5.4)."""
    prefix = bound_name(request, PREFIX)
    for name, value in reversed(list(request.cookies.items())):
        if name.startswith(prefix):
            room -= len(name) + len(value)
            if room < 0:
                yield name


def _delete(request: web.Request, response: web.StreamResponse, name: str) -> None:
    response.del_cookie(name, path="/", secure=is_https(request), httponly=True, samesite="Lax")


def _name(request: web.Request, state: str) -> str:
    """Bound to this host: an attempt that a neighbour planted would sign people in as that neighbour."""
    return bound_name(request, PREFIX + hashlib.sha256(state.encode()).hexdigest()[:16])
