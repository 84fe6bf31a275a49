"""A snapshot of one primary while it works: this process asks for it as a replica does, by SYNC.

Redis forks, so the snapshot is the data of one moment after the request. What follows a snapshot in
replication is not read.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from redis.exceptions import RedisError, ResponseError

from admitone.store.backup.errors import BackupError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from redis.asyncio import Redis
    from redis.asyncio.connection import AbstractConnection

SILENCE: Final = 60.0
"""Seconds without a byte after which the primary counts as lost; it sends empty lines while it forks."""
AT_ONCE: Final = 1 << 18
"""The largest number of bytes in one piece of a snapshot."""
MARK_LENGTH: Final = 40
CAPABILITIES: Final = (("capa", "eof"), ("rdb-only", "1"))
"""We take a snapshot whose length nobody knows beforehand, which needs no file on the primary's disk; and we
want no writes after it, which the primary would have to keep for us. Older servers know only the first."""


async def snapshot(client: Redis) -> AsyncIterator[bytes]:
    """The pieces of an RDB file of the server that `client` names; it begins when Redis has forked.

    It holds all databases of the server. Raises BackupError: the server refuses, loads its data, is lost, or
    is silent for a minute.
    """
    try:
        async with _connected(client) as connection:
            reader = await _asked(connection)
            async for piece in received(reader):
                yield piece
    except (RedisError, OSError) as error:
        raise BackupError(f"Redis sends no snapshot: {str(error).rstrip('.')}.") from error


@asynccontextmanager
async def _connected(client: Redis) -> AsyncIterator[AbstractConnection]:
    """A connection of our own: after SYNC it can be used for nothing else."""
    pool = client.connection_pool
    connection = await pool.get_connection()  # type: ignore[no-untyped-call]
    try:
        yield connection
    finally:
        await connection.disconnect(nowait=True)
        await pool.release(connection)


async def _asked(connection: AbstractConnection) -> asyncio.StreamReader:
    """The stream on which the answer to SYNC will come."""
    for option in CAPABILITIES:
        await connection.send_command("REPLCONF", *option)
        try:
            await connection.read_response()
        except ResponseError:
            continue  # what the server does not know, it does not need; SYNC tells if it refuses
    await connection.send_command("SYNC")
    # redis-py parses answers only, and a snapshot is none. Its parser has read each answer to the end.
    reader = connection._reader  # noqa: SLF001
    assert isinstance(reader, asyncio.StreamReader)
    return reader


async def received(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The pieces of the RDB file in an answer to SYNC, in either form; raises BackupError."""
    head = b""
    while not head:  # the server sends empty lines while it makes the snapshot
        line = await _within(reader.readline())
        if not line.endswith(b"\n"):
            raise _broken_off()
        head = line.strip()
    if head.startswith(b"-"):
        raise BackupError(
            f"Redis refuses to send a snapshot: {head[1:].decode(errors='replace')}. Its user needs the "
            "commands SYNC and REPLCONF, and the server must be a primary that has loaded its data. Where a "
            "provider forbids them, use the provider's backups."
        )
    if mark := re.fullmatch(rb"\$EOF:(.{%d})" % MARK_LENGTH, head):
        pieces = _until(reader, mark[1])
    elif length := re.fullmatch(rb"\$(\d+)", head):
        pieces = _counted(reader, int(length[1]))
    else:
        raise BackupError(f"Redis answers SYNC with {head[:60]!r}, which is no snapshot.")
    async for piece in pieces:
        yield piece


async def _until(reader: asyncio.StreamReader, mark: bytes) -> AsyncIterator[bytes]:
    """What comes before `mark`, after which the server sends nothing until we answer."""
    kept = b""
    while not kept.endswith(mark):
        if len(kept) > MARK_LENGTH:
            yield kept[:-MARK_LENGTH]
            kept = kept[-MARK_LENGTH:]
        kept += await _piece(reader, AT_ONCE)
    if len(kept) > MARK_LENGTH:
        yield kept[:-MARK_LENGTH]


async def _counted(reader: asyncio.StreamReader, length: int) -> AsyncIterator[bytes]:
    while length:
        piece = await _piece(reader, min(length, AT_ONCE))
        length -= len(piece)
        yield piece


async def _piece(reader: asyncio.StreamReader, most: int) -> bytes:
    piece: bytes = await _within(reader.read(most))
    if not piece:
        raise _broken_off()
    return piece


async def _within(reading: Awaitable[bytes]) -> bytes:
    try:
        async with asyncio.timeout(SILENCE):
            return await reading
    except TimeoutError:
        raise BackupError(f"Redis was silent for {SILENCE:.0f} seconds while it made the snapshot.") from None


def _broken_off() -> BackupError:
    return BackupError(
        "Redis broke the snapshot off. Its log says why: it may lack memory to fork, or disk for the file."
    )
