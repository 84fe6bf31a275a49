"""The cookie of a browser that booked by a one-time link: the link leads it to its booking afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.sealing import Carried, UnsealError
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.session_cookie import is_https

if TYPE_CHECKING:
    from aiohttp import web

LIFETIME = 400 * 86_400  # the longest that browsers keep one (RFC 6265bis, 5.5)
NAME = "admitone_booked"


class _Booked(msgspec.Struct, frozen=True):
    token: str
    until: int


def set_booked(request: web.Request, response: web.StreamResponse, link: str, token: str) -> None:
    """Remember in this browser, for the address that was asked for only, which booking it made."""
    services = request.app[SERVICES]
    booked = _Booked(token, services.now() + LIFETIME)
    response.set_cookie(
        NAME,
        services.store.sealer.seal(Carried.BOOKED, link, msgspec.json.encode(booked)),
        max_age=LIFETIME,
        path=request.path,
        secure=is_https(request),
        httponly=True,
        samesite="Lax",
    )


def booked_token(request: web.Request, link: str) -> str | None:
    """The manage token of the booking that this browser made by `link`, if it did."""
    services = request.app[SERVICES]
    try:
        opened = services.store.sealer.open(Carried.BOOKED, link, request.cookies.get(NAME, ""))
    except UnsealError:
        return None
    booked = msgspec.json.decode(opened, type=_Booked)
    return booked.token if booked.until > services.now() else None
