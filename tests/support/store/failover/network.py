"""A network of two sides on one machine, which lags and can be partitioned; its doors lead to servers.

Who connects is on the side of the address that they connect from. What stays on its side always passes. What
crosses arrives `lag` seconds later; what is sent in a partition arrives after it, as TCP sends it again.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from admitone.cancelling import cancelled

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

    def part(self) -> None:
        """Begin a partition: connections stay open, and nothing arrives."""
        self._crossing.clear()

    def heal(self) -> None:
        """End the partition."""
        self._crossing.set()

    @asynccontextmanager
    async def door(self, port: int, side: str) -> AsyncIterator[int]:
        """The port through which all reach the server that listens on `port` of `side`."""
        with socket.create_server((HERE, 0)) as listener:
            listener.setblocking(False)
            accepting = asyncio.create_task(self._accept(listener, port, side))
            try:
                yield listener.getsockname()[1]
            finally:
                await cancelled(accepting)

    async def _accept(self, listener: socket.socket, port: int, side: str) -> None:
        """Carry every connection, until this task is cancelled; then all of them end."""
        carrying = set[asyncio.Task[None]]()
        try:
            while True:
                accepted, (address, _) = await asyncio.get_running_loop().sock_accept(listener)
                task = asyncio.create_task(self._connect(accepted, port, crosses=address != side))
                carrying.add(task)
                task.add_done_callback(partial(_close, carrying, accepted))
        finally:
            ending = list(carrying)
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    async def _connect(self, accepted: socket.socket, port: int, *, crosses: bool) -> None:
        if crosses:
            await self._crossing.wait()
        carry = self._carry_late if crosses else _carry
        with suppress(OSError):  # the server is down, or one side has ended
            async with _opened(sock=accepted) as here, _opened(host=HERE, port=port) as there:
                ways = [
                    asyncio.create_task(carry(here[0], there[1])),
                    asyncio.create_task(carry(there[0], here[1])),
                ]
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for way in ways:
                        way.cancel()
                    await asyncio.gather(*ways, return_exceptions=True)

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


def _close(carrying: set[asyncio.Task[None]], accepted: socket.socket, task: asyncio.Task[None]) -> None:
    """Close what a task carried, also if it was cancelled before it began."""
    carrying.discard(task)
    accepted.close()


@asynccontextmanager
async def _opened(**where: Any) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(limit=CHUNK, **where)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()
