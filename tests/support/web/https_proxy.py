"""A proxy that ends TLS before a server, and treats the headers that tell the client as a test asks."""

from __future__ import annotations

import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

TELLS = "X-Forwarded-For"
OUTSIDER = "198.51.100.7"
"""The address from which the proxy's clients come, as it says."""
KEPT = ("Content-Type", "Strict-Transport-Security")
"""The headers of an answer that the proxy passes on."""


def appends(request: web.Request) -> dict[str, str]:
    """What the client wrote, and its address after that, as most proxies do."""
    written = request.headers.get(TELLS)
    return {TELLS: f"{written}, {OUTSIDER}" if written else OUTSIDER}


def believes(request: web.Request) -> dict[str, str]:
    """What the client wrote, and its address only if it wrote nothing."""
    return {TELLS: request.headers.get(TELLS, OUTSIDER)}


def replaces(request: web.Request) -> dict[str, str]:
    """The client's true address, whatever it wrote."""
    return {TELLS: str(request.remote)}


def drops(_: web.Request) -> dict[str, str]:
    """Nothing, as nginx does unless it is configured."""
    return {}


@asynccontextmanager
async def https_proxy(
    to: str, certificate: tuple[Path, Path], tells: Callable[[web.Request], dict[str, str]]
) -> AsyncIterator[str]:
    """The address of a proxy for the server at `to`; `tells` are the headers about the client."""

    async def pass_on(request: web.Request) -> web.Response:
        headers = {name: text for name, text in request.headers.items() if name != TELLS} | tells(request)
        async with http.get(to + request.path, headers=headers) as answer:
            kept = {name: answer.headers[name] for name in KEPT if name in answer.headers}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)

    app = web.Application()
    app.router.add_get("/{path:.*}", pass_on)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)
    server = TestServer(app)
    async with aiohttp.ClientSession(auto_decompress=True) as http:
        await server.start_server(ssl=tls)
        try:
            yield str(server.make_url("")).rstrip("/")
        finally:
            await server.close()
