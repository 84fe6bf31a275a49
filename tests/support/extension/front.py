"""What stands before a server for a browser: TLS, a name, and a line that can be cut."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from yarl import URL

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator
    from pathlib import Path

CHUNK = 65_536


class Held:
    """A request that is `reached` and goes on at its `release`."""

    def __init__(self, request: str) -> None:
        self.request = request
        self.reached = asyncio.Event()
        self.release = asyncio.Event()


class Front:
    """Passes bytes on to the server at `to`; `is_cut` hangs up on everybody.

    Requests are named by how they begin, such as `POST /oauth/token`.
    """

    def __init__(self, to: str) -> None:
        url = URL(to)
        self._to = (url.host, url.port)
        self._lost: str | None = None
        self._held: Held | None = None
        self._seen: list[bytes] = []
        self.is_cut = False

    def lose_answer(self, request: str) -> None:
        """Hang up where the server answers the next such request."""
        self._lost = request

    def hold(self, request: str) -> Held:
        """Keep the next such request back."""
        self._held = Held(request)
        return self._held

    def count(self, request: str) -> int:
        """How many such requests there were."""
        return sum(seen.startswith(request.encode()) for seen in self._seen)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, to its end."""
        try:
            if not self.is_cut:
                await self._pass_on(reader, writer)
        except* OSError:
            pass  # either side hung up, or the server is not there
        finally:
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self._to
        upstream, downstream = await asyncio.open_connection(host, port)
        loses = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._ask(reader, downstream, loses))
                group.create_task(self._answer(upstream, writer, loses))
        finally:
            downstream.transport.abort()

    async def _ask(
        self, reader: asyncio.StreamReader, downstream: asyncio.StreamWriter, loses: asyncio.Event
    ) -> None:
        while chunk := await reader.read(CHUNK):
            if self.is_cut:
                raise ConnectionAbortedError
            self._seen.append(chunk[:100])
            if self._lost and chunk.startswith(self._lost.encode()):
                self._lost = None
                loses.set()
            if self._held and chunk.startswith(self._held.request.encode()):
                held, self._held = self._held, None
                held.reached.set()
                await held.release.wait()
            downstream.write(chunk)
            await downstream.drain()
        raise ConnectionAbortedError

    async def _answer(
        self, upstream: asyncio.StreamReader, writer: asyncio.StreamWriter, loses: asyncio.Event
    ) -> None:
        while chunk := await upstream.read(CHUNK):
            if self.is_cut or loses.is_set():
                raise ConnectionAbortedError
            writer.write(chunk)
            await writer.drain()
        raise ConnectionAbortedError


@asynccontextmanager
async def fronted(listener: socket.socket, certificate: tuple[Path, Path], to: str) -> AsyncIterator[Front]:
    """Have the server at `to` reached through `listener`, over TLS."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)
    front = Front(to)
    connections: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.create_task(front.serve(reader, writer))
        connections.add(connection)
        connection.add_done_callback(connections.discard)

    server = await asyncio.start_server(accept, sock=listener.dup(), ssl=tls)
    try:
        yield front
    finally:
        server.close()
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
