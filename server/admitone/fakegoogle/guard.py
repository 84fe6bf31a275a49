"""Middlewares: loopback only, lost answers, and noting changes."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from aiohttp import web

from admitone.fakegoogle.appkeys import STATE
from admitone.fakegoogle.errors import AnswerLost

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse (403) requests from other machines, and requests to other host names (DNS rebinding)."""
    host = request.url.host or ""
    if not is_loopback(host) or not is_loopback(request.remote or ""):
        return web.Response(status=403, text="fakegoogle answers on loopback only.\n")
    return await handler(request)


@web.middleware
async def lose_answers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Cut the connection if a fault loses the answer."""
    try:
        return await handler(request)
    except AnswerLost:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)


@web.middleware
async def note_changes(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Have the state saved after every request that may have changed it."""
    try:
        return await handler(request)
    finally:
        if request.method not in ("GET", "HEAD"):
            request.app[STATE].touched.set()


def check_origin(request: web.Request) -> None:
    """Refuse a form that another site submits."""
    if request.headers.get("Origin") != str(request.url.origin()):
        raise web.HTTPForbidden(text="This form was sent from elsewhere.\n")


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address) is loopback."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
