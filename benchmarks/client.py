"""A client that costs little beside what it measures: raw HTTP/1.1 over connections that are kept open."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING, cast

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable


class Taken(msgspec.Struct):
    """What one slice of load found: answers by status, the seconds each took, and the slice's own seconds."""

    statuses: Counter[int]
    latencies: list[float]
    seconds: float
    bodies: list[bytes]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds


class Connections:
    """Open connections to one server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open: list[_Connection] = []

    async def load(
        self,
        clients: int,
        requests: Callable[[], bytes | None],
        *,
        seconds: float = 3600.0,
        keep: bool = False,
    ) -> Taken:
        """Let `clients` call one request after another, each on a connection of its own, for `seconds`.

        It ends earlier when the requests do. `keep` keeps the bodies of the answers.
        """
        while len(self._open) < clients:
            await self._connect(min(256, clients - len(self._open)))
        taken = Taken(Counter(), [], 0.0, [])
        started = time.perf_counter()
        deadline = started + seconds
        await asyncio.gather(
            *(connection.start(requests, taken, deadline, keep=keep) for connection in self._open[:clients])
        )
        taken.seconds = time.perf_counter() - started
        return taken

    async def once(self, call: bytes) -> Taken:
        """One call, with the body of its answer."""
        calls = iter([call])
        return await self.load(1, lambda: next(calls, None), keep=True)

    async def _connect(self, count: int) -> None:
        loop = asyncio.get_running_loop()
        made = await asyncio.gather(
            *(loop.create_connection(_Connection, "127.0.0.1", self.port) for _ in range(count))
        )
        self._open += [protocol for _, protocol in made]

    def close(self) -> None:
        """Hang up."""
        for connection in self._open:
            connection.transport.close()


class _Connection(asyncio.Protocol):
    """One client: writes a request, waits for the whole answer, writes the next one."""

    transport: asyncio.Transport
    _requests: Callable[[], bytes | None]
    _taken: Taken

    def __init__(self) -> None:
        self._received = b""
        self._done: asyncio.Future[None] | None = None
        self._deadline = self._sent = 0.0
        self._keep = False

    async def start(
        self, requests: Callable[[], bytes | None], taken: Taken, deadline: float, *, keep: bool
    ) -> None:
        """Call until `deadline`."""
        self._requests, self._taken, self._deadline, self._keep = requests, taken, deadline, keep
        self._done = asyncio.get_running_loop().create_future()
        self._next()
        await self._done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        received = self._received = self._received + data
        head = received.find(b"\r\n\r\n")
        if head < 0:
            return
        end = head + 4 + _content_length(received[:head])
        if len(received) < end:
            return
        now = time.perf_counter()
        self._received = b""
        self._taken.statuses[int(received[9:12])] += 1
        self._taken.latencies.append(now - self._sent)
        if self._keep:
            self._taken.bodies.append(received[head + 4 : end])
        self._next(now)

    def connection_lost(self, error: Exception | None) -> None:
        if self._done and not self._done.done():
            self._done.set_exception(error or ConnectionError("the server hung up"))

    def _next(self, now: float | None = None) -> None:
        now = now or time.perf_counter()
        request = self._requests() if now < self._deadline else None
        if request is None:
            assert self._done
            self._done.set_result(None)
            return
        self._sent = now
        self.transport.write(request)


def _content_length(head: bytes) -> int:
    start = head.lower().find(b"content-length:")
    if start < 0:
        return 0
    return int(head[start + 15 :].partition(b"\r\n")[0])


def request(
    method: str, path: str, body: object = None, *, key: str | None = None, session: str | None = None
) -> bytes:
    """The bytes of one call; `key` is an API key, `session` the token of a browser's session."""
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if key:
        head.append(f"Authorization: Bearer {key}")
    if session:
        head.append(f"Cookie: admitone={session}")
    content = b""
    if body is not None:
        content = msgspec.json.encode(body)
        head += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    elif method == "POST":
        head.append("Content-Length: 0")
    return "\r\n".join([*head, "", ""]).encode() + content
