"""The server's listening socket and its life."""

from __future__ import annotations

import asyncio
import errno
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from admitone.setting_values import address_in_url
from admitone.web.http.connections.connection import Connection
from admitone.web.http.connections.connection_limits import ConnectionLimits
from admitone.web.http.connections.listen_error import ListenError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SHUTDOWN_SECONDS = 10.0  # for requests in flight, their bodies included; then they are aborted
BACKLOG = 128  # connections that wait to be accepted
UNREAD_SECONDS = 30.0
"""For a client to read more of an answer: without an end, a closed connection would stay as well."""


@asynccontextmanager
async def listening(
    app: web.Application, host: str, port: int, limits: ConnectionLimits | None = None
) -> AsyncIterator[str]:
    """Serve `app`; yields the address, such as `http://127.0.0.1:8080`, once connections are accepted.

    `limits` count the connections; by default any number is kept. At the end no more connections are
    accepted, requests in flight are finished, and the application's resources close in reverse order.

    Raises:
        ListenError: the port is in use, or the address is not ours. Errors of resources pass through.
    """
    runner = web.AppRunner(app, shutdown_timeout=SHUTDOWN_SECONDS)
    try:
        await runner.setup()
        listener = await _listen(runner.server, host, port, limits or ConnectionLimits())
        try:
            yield f"http://{address_in_url(*listener.sockets[0].getsockname()[:2])}"
        finally:
            listener.close()
    finally:
        await runner.cleanup()


async def _listen(
    server: web.Server | None, host: str, port: int, limits: ConnectionLimits
) -> asyncio.Server:
    """Accept connections as `Connection`s of `server`; raises ListenError."""
    assert server is not None
    loop = asyncio.get_running_loop()
    try:
        listener = await loop.create_server(
            lambda: Connection(server, loop, limits), host, port, backlog=BACKLOG
        )
    except OSError as error:
        raise ListenError(_sentence(error, host, port)) from error
    _end_unread(listener)
    return listener


def _end_unread(listener: asyncio.Server) -> None:
    """Let the kernel end connections whose client does not read; only Linux can (RFC 5482, tcp(7))."""
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        for listening_socket in listener.sockets:  # accepted sockets inherit the option
            listening_socket.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(UNREAD_SECONDS * 1000)
            )


def _sentence(error: OSError, host: str, port: int) -> str:
    where = address_in_url(host, port)
    if error.errno == errno.EADDRINUSE:
        return f"Another program listens on {where}. End it, or set ADMITONE_PORT to another port."
    return f"{where} cannot be listened on ({error.strerror}). Check ADMITONE_HOST and ADMITONE_PORT."
