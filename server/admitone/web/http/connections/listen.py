"""The server's life: it accepts connections, and at the end finishes what is in flight."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from admitone.web.http.connections.connection import Connection
from admitone.web.http.connections.connection_limits import ConnectionLimits
from admitone.web.http.connections.sockets import BACKLOG, address_of, open_sockets

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Sequence

SHUTDOWN_SECONDS = 10.0  # for requests in flight, their bodies included; then they are aborted


@asynccontextmanager
async def listening(
    app: web.Application,
    host: str,
    port: int,
    limits: ConnectionLimits | None = None,
    sockets: Sequence[socket.socket] = (),
) -> AsyncIterator[str]:
    """Serve `app`; yields the address, such as `http://127.0.0.1:8080`, once connections are accepted.

    `limits` count the connections; by default any number is kept. Without `sockets`, which were opened
    before, they are opened for `host` and `port`. At the end no more connections are accepted, requests in
    flight are finished, and the application's resources close in reverse order.

    Raises:
        ListenError: the port is in use, or the address is not ours. Errors of resources pass through.
    """
    runner = web.AppRunner(app, shutdown_timeout=SHUTDOWN_SECONDS)
    try:
        await runner.setup()
        [own] = [sockets] if sockets else open_sockets(host, port)
        limits = limits or ConnectionLimits()
        listeners = [await _accepting(runner.server, each, limits) for each in own]
        try:
            yield address_of(listeners[0].sockets)
        finally:
            for listener in listeners:
                listener.close()
    finally:
        await runner.cleanup()


async def _accepting(
    server: web.Server | None, listening_socket: socket.socket, limits: ConnectionLimits
) -> asyncio.Server:
    """Accept connections as `Connection`s of `server`."""
    assert server is not None
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: Connection(server, loop, limits), sock=listening_socket, backlog=BACKLOG
    )
