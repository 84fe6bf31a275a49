"""The cookie of a browser that booked by a one-time link: later the link leads it to its booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.sealing import Carried
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.cookies import set_cookie
from admitone.web.http.sealed_value import open_value, seal_value

if TYPE_CHECKING:
    from aiohttp import web

LIFETIME = 400 * 86_400
"""Seconds; the longest that browsers keep a cookie (RFC 6265bis, 5.5)."""
NAME = "admitone_booked"


class _Booked(msgspec.Struct, frozen=True):
    token: str
    until: int


def set_booked(request: web.Request, response: web.StreamResponse, link: str, token: str) -> None:
    """Let this browser remember its booking, by a cookie for the requested address only."""
    booked = _Booked(token, request.app[SERVICES].now() + LIFETIME)
    sealed = seal_value(request, Carried.BOOKED, link, booked)
    set_cookie(request, response, NAME, sealed, max_age=LIFETIME, path=request.path)


def booked_token(request: web.Request, link: str) -> str | None:
    """The manage token of the booking that this browser made by `link`, or None if it made none."""
    booked = open_value(request, Carried.BOOKED, link, request.cookies.get(NAME, ""), _Booked)
    return booked.token if booked else None
