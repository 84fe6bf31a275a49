"""A network of two sides on one machine, which lags and can be partitioned; its doors lead to servers.

Who connects is on the side of the address that they connect from. What stays on its side always passes. What
crosses arrives `lag` seconds later; what is sent in a partition arrives after it, as TCP sends it again.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HERE: Final = "127.0.0.1"
"""The side of Admit One and of the first primary."""
THERE: Final = "127.0.0.2"
"""The side of the replica and of the Sentinels; Linux has all of 127.0.0.0/8 without any setup."""
CHUNK = 1 << 16


class Network:
    """The two sides, and the doors between them."""

    def __init__(self, lag: float) -> None:
        self.lag = lag
        """Seconds that each message needs from one side to the other."""
        self._crossing = asyncio.Event()
        self._crossing.set()
        self._carrying: set[asyncio.Task[None]] = set()

    def part(self) -> None:
        """Begin a partition: connections stay open, and nothing arrives."""
        self._crossing.clear()

    def heal(self) -> None:
        """End the partition."""
        self._crossing.set()

    @asynccontextmanager
    async def door(self, port: int, side: str) -> AsyncIterator[int]:
        """The port through which all reach the server that listens on `port` of `side`."""

        async def enter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            self._carrying.add(task)
            with suppress(OSError, asyncio.CancelledError):
                await self._connect(reader, writer, port, side)
            writer.close()
            self._carrying.discard(task)

        async with await asyncio.start_server(enter, HERE, 0, limit=CHUNK) as server:
            yield server.sockets[0].getsockname()[1]
            server.close()
            for task in list(self._carrying):
                task.cancel()
            await asyncio.gather(*self._carrying, return_exceptions=True)

    async def _connect(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, side: str
    ) -> None:
        crosses = writer.get_extra_info("peername")[0] != side
        if crosses:
            await self._crossing.wait()
        there, there_writer = await asyncio.open_connection(HERE, port, limit=CHUNK)
        carry = self._carry_late if crosses else _carry
        ways = [
            asyncio.ensure_future(carry(reader, there_writer)),
            asyncio.ensure_future(carry(there, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            there_writer.close()

    async def _carry_late(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry each chunk, and the end, to the other side."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        now = asyncio.get_running_loop().time

        async def send() -> None:
            while True:
                chunk = await reader.read(CHUNK)
                under_way.put_nowait((now() + self.lag, chunk))
                if not chunk:
                    return

        sending = asyncio.create_task(send())
        try:
            while True:
                due, chunk = await under_way.get()
                if due > now():  # a sleep per chunk would carry less than a busy primary sends
                    await asyncio.sleep(due - now())
                await self._crossing.wait()
                if not chunk:
                    return
                writer.write(chunk)
                await writer.drain()
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()
