"""A link between a client and Redis that is cut on purpose, where it matters for whoever waits.

Cut BEFORE, what the client sent never reaches Redis; cut AFTER, Redis carried it out and its answer never
reaches the client; cut MIDWAY, Redis gets the first half of the bytes. The client sees the same each time.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from contextlib import asynccontextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

CHUNK = 1 << 20


class Cut(Enum):
    """Where the link is cut."""

    BEFORE = "before"
    MIDWAY = "midway"
    AFTER = "after"


class FlakyLink:
    """Passes everything on until it is told to cut; `url` is where clients find Redis through it."""

    def __init__(self, target: str) -> None:
        self.url = ""
        self.cuts = 0
        """How often it was cut so far."""
        self.was_cut = asyncio.Event()
        """Set by each cut; a test may clear it."""
        self.is_down = False
        """While it is true, every connection is closed as soon as it says something."""
        self._target = target
        self._planned: list[tuple[Cut, bytes]] = []
        self._share = 0.0
        self._random = random.Random(0)
        self._serving: dict[asyncio.Task[None] | None, set[asyncio.StreamWriter]] = {}

    def cut(self, *where: Cut, matching: bytes = b"") -> None:
        """Cut once for each of `where`, in this order, whenever what the client sends contains `matching`."""
        self._planned += [(cut, matching) for cut in where]

    def cut_at_random(self, share: float, *, seed: int) -> None:
        """From now on cut what clients send with this probability, anywhere; 0 ends it."""
        self._share = share
        self._random = random.Random(seed)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on one connection until either side ends it or it is cut."""
        there, there_writer = await _connect(self._target)
        answers_are_lost = asyncio.Event()
        both = {writer, there_writer}
        self._serving[asyncio.current_task()] = both
        tasks = [
            asyncio.create_task(self._pass_requests(reader, there_writer, answers_are_lost)),
            asyncio.create_task(self._pass_answers(there, writer, answers_are_lost)),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for one in both:
                await _close(one)
            del self._serving[asyncio.current_task()]

    async def aclose(self) -> None:
        """End every connection."""
        serving = list(self._serving)
        for both in self._serving.values():
            for writer in both:
                writer.close()
        await asyncio.gather(*(task for task in serving if task), return_exceptions=True)

    async def _pass_requests(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers_are_lost: asyncio.Event
    ) -> None:
        while chunk := await _read(reader):
            cut = self._next_cut(chunk)
            if cut is Cut.BEFORE:
                return
            if cut is Cut.MIDWAY:
                chunk = chunk[: len(chunk) // 2]
            if cut is Cut.AFTER:
                answers_are_lost.set()
            writer.write(chunk)
            with suppress(ConnectionError):
                await writer.drain()
            if cut is Cut.MIDWAY:
                return

    async def _pass_answers(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers_are_lost: asyncio.Event
    ) -> None:
        while chunk := await _read(reader):
            if answers_are_lost.is_set():
                return
            writer.write(chunk)
            with suppress(ConnectionError):
                await writer.drain()

    def _next_cut(self, chunk: bytes) -> Cut | None:
        cut = self._cut_for(chunk)
        if cut is not None:
            self.cuts += 1
            self.was_cut.set()
        return cut

    def _cut_for(self, chunk: bytes) -> Cut | None:
        if self.is_down:
            return Cut.BEFORE
        if self._planned and self._planned[0][1] in chunk:
            return self._planned.pop(0)[0]
        if self._share and self._random.random() < self._share:
            return self._random.choice(list(Cut))
        return None


@asynccontextmanager
async def flaky_link(target: str, *, tcp: bool = False) -> AsyncIterator[FlakyLink]:
    """A link to the Redis at `target`, a `unix://` or `redis://` address; itself a unix socket, or `tcp`."""
    folder = Path(tempfile.mkdtemp(prefix="ao-"))
    link = FlakyLink(target)
    try:
        if tcp:
            server = await asyncio.start_server(_quietly(link.serve), "127.0.0.1", 0, limit=CHUNK)
            link.url = f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        else:
            path = folder / "link.sock"
            server = await asyncio.start_unix_server(_quietly(link.serve), path, limit=CHUNK)
            link.url = f"unix://{path}"
        async with server:
            try:
                yield link
            finally:
                server.close()
                await link.aclose()
    finally:
        shutil.rmtree(folder)


def _quietly(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """`serve`, where a Redis that is not there ends the client's connection and nothing else."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except OSError:
            await _close(writer)

    return served


async def _connect(target: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(target)
    if parts.scheme == "unix":
        return await asyncio.open_unix_connection(parts.path, limit=CHUNK)
    return await asyncio.open_connection(parts.hostname, parts.port, limit=CHUNK)


async def _read(reader: asyncio.StreamReader) -> bytes:
    """What came, or nothing where the other side is gone, however it went."""
    try:
        return await reader.read(CHUNK)
    except ConnectionError:
        return b""


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
