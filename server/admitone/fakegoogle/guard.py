"""Loopback only: whoever is not on this machine, or reached it by another name, gets nothing."""

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
    """403 for other machines, and for other names of this one (DNS rebinding)."""
    host = request.url.host or ""
    if not is_loopback(host) or not is_loopback(request.remote or ""):
        return web.Response(status=403, text="fakegoogle answers on loopback only.\n")
    return await handler(request)


@web.middleware
async def lose_answers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Cut the connection where a fault says that the answer is lost."""
    try:
        return await handler(request)
    except AnswerLost:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)


@web.middleware
async def note_changes(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let the state be written after whatever may have changed it."""
    try:
        return await handler(request)
    finally:
        if request.method not in ("GET", "HEAD"):
            request.app[STATE].touched.set()


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address) means this machine and no other."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
