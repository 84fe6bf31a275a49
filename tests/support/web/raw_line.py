"""A connection on which a test writes bytes as they are, where a client would encode or refuse them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple

from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Answer(NamedTuple):
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """A connection to a server, on which a test writes bytes as they are."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def answer(self) -> Answer:
        """The next answer."""
        async with asyncio.timeout(PATIENCE):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
            first, *fields = head.strip().split("\r\n")
            headers = dict(field.split(": ", 1) for field in fields)
            body = await self.reader.readexactly(int(headers["Content-Length"]))
        return Answer(int(first.split()[1]), headers, body)

    async def rest(self) -> bytes:
        """What comes until the server hangs up."""
        async with asyncio.timeout(PATIENCE):
            return await self.reader.read()


@asynccontextmanager
async def line_to(address: str) -> AsyncIterator[Line]:
    """A connection to the server at `address`, such as `http://127.0.0.1:8080`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
    try:
        yield Line(reader, writer)
    finally:
        writer.close()
