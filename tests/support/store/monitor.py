"""What Redis was told while a block ran, scripts' own commands included, as MONITOR shows it."""

from __future__ import annotations

import ast
import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

_LINE = re.compile(rb"\+[\d.]+ \[\d+ ([^\]]+)\] (.*)\r\n")
_WORD = re.compile(rb'"(?:[^"\\]|\\.)*"')
_END = b"the-end-of-the-block"


class Told(msgspec.Struct, frozen=True):
    """One command; `by_script` says that a script gave it."""

    words: list[bytes]
    by_script: bool


@asynccontextmanager
async def monitor(socket: Path) -> AsyncIterator[list[Told]]:
    """A list that is filled once the block has ended."""
    told: list[Told] = []
    reader, writer = await asyncio.open_unix_connection(socket, limit=1 << 24)
    try:
        writer.write(b"MONITOR\r\n")
        assert await reader.readline() == b"+OK\r\n"
        yield told
        _, sentinel = await asyncio.open_unix_connection(socket)
        sentinel.write(b"ECHO " + _END + b"\r\n")
        while (command := _parse(await reader.readline())).words[1:] != [_END]:
            told.append(command)
        sentinel.close()
        await sentinel.wait_closed()
    finally:
        writer.close()
        await writer.wait_closed()


def _parse(line: bytes) -> Told:
    match = _LINE.fullmatch(line)
    assert match, line
    return Told([_unescape(word) for word in _WORD.findall(match[2])], match[1] == b"lua")


def _unescape(word: bytes) -> bytes:
    """MONITOR escapes as C does, which Python's bytes literals understand."""
    unescaped: bytes = ast.literal_eval("b" + word.decode("latin-1"))
    return unescaped
