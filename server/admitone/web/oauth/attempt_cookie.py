"""The sealed cookie of a sign-in under way: one for each state, so that tabs do not disturb each other."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import SignInExpired
from admitone.google.sign_in import SignInAttempt
from admitone.sealing import UnsealError
from admitone.web.appkeys import SERVICES
from admitone.web.session_cookie import is_https

if TYPE_CHECKING:
    from aiohttp import web

LIFETIME = 600
"""Seconds that a person has at Google."""
PATH = "/auth/google"
PURPOSE = "sign-in"


class Begun(msgspec.Struct, frozen=True):
    """A sign-in that was begun, where it is to lead, and when it is over (epoch seconds)."""

    attempt: SignInAttempt
    next: str
    until: float


def set_attempt(request: web.Request, response: web.StreamResponse, attempt: SignInAttempt, to: str) -> None:
    """Give the browser the sealed attempt."""
    begun = Begun(attempt, to, time.time() + LIFETIME)
    sealer = request.app[SERVICES].store.sealer
    response.set_cookie(
        _name(attempt.state),
        sealer.seal(PURPOSE, attempt.state, msgspec.json.encode(begun)),
        max_age=LIFETIME,
        path=PATH,
        secure=is_https(request),
        httponly=True,
        samesite="Lax",
    )


def read_attempt(request: web.Request, state: str) -> Begun:
    """What this browser began with `state`; raises SignInExpired."""
    sealed = request.cookies.get(_name(state), "")
    try:
        opened = request.app[SERVICES].store.sealer.open(PURPOSE, state, sealed)
    except UnsealError:
        raise SignInExpired from None
    begun = msgspec.json.decode(opened, type=Begun)
    if begun.until < time.time():
        raise SignInExpired
    return begun


def clear_attempt(request: web.Request, response: web.StreamResponse, state: str) -> None:
    """Take the attempt away: it is good once."""
    response.del_cookie(_name(state), path=PATH, secure=is_https(request), httponly=True, samesite="Lax")


def _name(state: str) -> str:
    return f"admitone_sign_in_{hashlib.sha256(state.encode()).hexdigest()[:16]}"
