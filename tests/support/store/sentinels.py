"""A Sentinel for tests that names the primary which the test chooses, at the moment that the test chooses."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class NamingSentinel:
    """Names 127.0.0.1 and `primary` (a port) as the primary of the service `admitone`, of this `epoch`."""

    def __init__(self, primary: int, epoch: int = 0) -> None:
        self.primary = primary
        self.epoch = epoch
        self.port = 0
        self.asked = 0
        """How often it was asked."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client."""
        try:
            while words := await _command(reader):
                writer.write(self._answer(words))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        writer.close()

    def _answer(self, words: list[bytes]) -> bytes:
        if [word.upper() for word in words] != [b"SENTINEL", b"MASTERS"]:
            return b"+PONG\r\n" if words == [b"PING"] else b"+OK\r\n"
        self.asked += 1
        state = ["name", "admitone", "ip", "127.0.0.1", "port", str(self.primary)]
        state += ["flags", "master", "config-epoch", str(self.epoch), "num-other-sentinels", "0"]
        return b"*1\r\n" + _array(state)


@asynccontextmanager
async def naming_sentinel(primary: int, epoch: int = 0) -> AsyncIterator[NamingSentinel]:
    """A running Sentinel that names the server on this port."""
    sentinel = NamingSentinel(primary, epoch)
    server = await asyncio.start_server(sentinel.serve, "127.0.0.1", 0)
    sentinel.port = server.sockets[0].getsockname()[1]
    try:
        yield sentinel
    finally:
        server.close()


def _array(words: list[str]) -> bytes:
    parts = "".join(f"${len(word)}\r\n{word}\r\n" for word in words)
    return f"*{len(words)}\r\n{parts}".encode()


async def _command(reader: asyncio.StreamReader) -> list[bytes]:
    """The words of the next command; empty at the end."""
    head = await reader.readline()
    words = []
    for _ in range(int(head[1:] or 0)):
        length = int((await reader.readline())[1:])
        words.append((await reader.readexactly(length + 2))[:-2])
    return words
