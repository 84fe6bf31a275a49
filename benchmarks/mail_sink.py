"""A mail server that takes every mail and forgets it, at little cost beside what it is measured with."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HELLO = b"250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n"


class MailSink:
    """Where mails end: `taken` counts them."""

    def __init__(self) -> None:
        self.port = 0
        self.taken = 0


@asynccontextmanager
async def mail_sink() -> AsyncIterator[MailSink]:
    """A sink on a free port."""
    sink = MailSink()
    server = await asyncio.get_running_loop().create_server(lambda: _Talk(sink), "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()


class _Talk(asyncio.Protocol):
    """One connection."""

    _transport: asyncio.Transport

    def __init__(self, sink: MailSink) -> None:
        self._sink = sink
        self._received = b""
        self._is_in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(b"220 sink.test\r\n")

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = b"\r\n.\r\n" if self._is_in_data else b"\r\n"
        while end in self._received:
            text, _, self._received = self._received.partition(end)
            end = self._answer(text)

    def _answer(self, text: bytes) -> bytes:
        """Answer a command, or the end of a mail; returns with what the next text ends."""
        if self._is_in_data:
            self._is_in_data = False
            self._transport.write(b"250 taken\r\n")
            self._sink.taken += 1
            return b"\r\n"
        word = text[:4].upper()
        if word == b"DATA":
            self._is_in_data = True
            self._transport.write(b"354 go on\r\n")
            return b"\r\n.\r\n"
        if word == b"QUIT":
            self._transport.write(b"221 bye\r\n")
            self._transport.close()
        else:
            self._transport.write(HELLO if word == b"EHLO" else b"250 ok\r\n")
        return b"\r\n"
