"""A TLS proxy between a browser and a server, which loses or replaces answers, holds requests, or is down."""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from yarl import URL

from tests.support.extension.connections import CHUNK, serving

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator
    from pathlib import Path


TOO_MANY = (
    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: %d\r\nContent-Type: application/problem+json\r\n"
    b"Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: Retry-After\r\n"
    b"Content-Length: 2\r\n\r\n{}"
)
REQUEST = re.compile(rb"[A-Z]+ /")
REDIRECT = (
    b"HTTP/1.1 307 Temporary Redirect\r\nLocation: %s\r\nAccess-Control-Allow-Origin: *\r\n"
    b"Content-Length: 0\r\n\r\n"
)


class Held:
    """A held request: `reached` is set when it arrives; it continues when the test sets `release`."""

    def __init__(self, request: str) -> None:
        self.request = request
        self.reached = asyncio.Event()
        self.release = asyncio.Event()


class TlsProxy:
    """Passes bytes on to the server at `to`; while `is_down`, it closes every connection.

    Requests are named by their beginning, such as `POST /oauth/token`.
    """

    def __init__(self, to: str) -> None:
        url = URL(to)
        self._to = (url.host, url.port)
        self._lost: str | None = None
        self._held: Held | None = None
        self._seen: list[bytes] = []
        self._answered: tuple[str, bytes] | None = None
        self._changed: tuple[bytes, bytes] | None = None
        self.is_down = False

    def lose_answer(self, request: str) -> None:
        """Close the connection when the server answers the next such request."""
        self._lost = request

    def hold(self, request: str) -> Held:
        """Hold the next such request."""
        self._held = Held(request)
        return self._held

    def limit(self, request: str, seconds: int) -> None:
        """Answer the next such request by 429, to be tried again in so many seconds."""
        self._answered = (request, TOO_MANY % seconds)

    def redirect(self, request: str, to: str) -> None:
        """Answer the next such request by 307, to another address."""
        self._answered = (request, REDIRECT % to.encode())

    def change_answers(self, old: str, new: str) -> None:
        """Replace a text in all answers from now on by another one of the same length."""
        assert len(old) == len(new)
        self._changed = (old.encode(), new.encode())

    def count(self, request: str) -> int:
        """The number of such requests so far."""
        return sum(seen.startswith(request.encode()) for seen in self._seen)

    def saw(self, text: str) -> bool:
        """Whether a request so far contains this text."""
        return any(text.encode() in seen for seen in self._seen)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until it is closed."""
        try:
            if not self.is_down:
                await self._pass_on(reader, writer)
        except* OSError:
            pass  # either side closed the connection, or the server is not running
        finally:
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self._to
        upstream, downstream = await asyncio.open_connection(host, port)
        loses = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._ask(reader, downstream, writer, loses))
                group.create_task(self._answer(upstream, writer, loses))
        finally:
            downstream.transport.abort()

    async def _ask(
        self,
        reader: asyncio.StreamReader,
        downstream: asyncio.StreamWriter,
        back: asyncio.StreamWriter,
        loses: asyncio.Event,
    ) -> None:
        discards = False
        while chunk := await reader.read(CHUNK):
            if self.is_down:
                raise ConnectionAbortedError
            self._seen.append(chunk)
            if self._answered and chunk.startswith(self._answered[0].encode()):
                answer, self._answered = self._answered[1], None
                back.write(answer)
                discards = True
                continue
            discards = discards and not REQUEST.match(chunk)
            if discards:
                continue  # the body of the answered request
            if self._lost and chunk.startswith(self._lost.encode()):
                self._lost = None
                loses.set()
            if self._held and chunk.startswith(self._held.request.encode()):
                held, self._held = self._held, None
                held.reached.set()
                await held.release.wait()
            if self._changed:
                chunk = chunk.replace(b"Accept-Encoding:", b"Do-Not-Compress:")
            downstream.write(chunk)
            await downstream.drain()
        raise ConnectionAbortedError

    async def _answer(
        self, upstream: asyncio.StreamReader, writer: asyncio.StreamWriter, loses: asyncio.Event
    ) -> None:
        while chunk := await upstream.read(CHUNK):
            if self.is_down or loses.is_set():
                raise ConnectionAbortedError
            writer.write(chunk.replace(*self._changed) if self._changed else chunk)
            await writer.drain()
        raise ConnectionAbortedError


@asynccontextmanager
async def tls_proxy(
    listener: socket.socket, certificate: tuple[Path, Path], to: str
) -> AsyncIterator[TlsProxy]:
    """Run a proxy that accepts TLS connections on `listener` for the server at `to`."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)
    proxy = TlsProxy(to)
    async with serving(proxy.serve, sock=listener.dup(), ssl=tls):
        yield proxy
