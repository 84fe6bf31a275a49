"""One connection that carries many commands a trip, at little cost for each.

redis-py makes the connection (sign-in, TLS, Sentinel, health checks) and makes it again when it was lost; its
pipelines, which treat each command's answer as a wait of its own, cost several times as much as this.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Any

from hiredis import pack_command
from redis.exceptions import ResponseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redis.asyncio import Redis
    from redis.asyncio.connection import AbstractConnection


class Line:
    """A connection of `client`'s pool, taken at the first trip and kept."""

    def __init__(self, client: Redis, *, answer_within: float) -> None:
        self._client = client
        self._answer_within = answer_within
        self._connection: AbstractConnection | None = None

    async def exchange(self, packed: bytes, counts: Iterable[int], take: Callable[[list[Any]], None]) -> None:
        """Send commands that are packed one behind the other; errors of Redis stand among the answers.

        `take` gets the answers to the first so many of them as soon as they are there, then to the next so
        many: while Redis works on the rest, whoever waited for these goes on.

        Raises redis-py's ConnectionError and TimeoutError, OSError, and what `take` raises. The connection is
        then closed, so that no answer that is left is taken for another's, and made again by the next trip.
        """
        connection = self._connection or await self._take()
        try:
            async with asyncio.timeout(self._answer_within):
                await connection.send_packed_command(packed)
                for count in counts:
                    take([await _answer(connection) for _ in range(count)])
        except BaseException:
            await connection.disconnect(nowait=True)
            raise

    async def _take(self) -> AbstractConnection:
        pool = self._client.connection_pool
        self._connection = await pool.get_connection()  # type: ignore[no-untyped-call]
        self._connection.socket_timeout = None  # a trip has one timeout; theirs costs a task for each write
        return self._connection

    async def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.socket_timeout = self._answer_within
            await self._client.connection_pool.release(self._connection)
            self._connection = None


def pack(words: tuple[str | bytes | int | float, ...]) -> bytes:
    """One command as it is sent; raises TypeError or UnicodeEncodeError for what Redis cannot be told."""
    packed: bytes = pack_command(words)  # type: ignore[arg-type]  # its stub knows single words only
    return packed


async def _answer(connection: AbstractConnection) -> Any:
    try:
        return await connection.read_response(disable_decoding=True, timeout=math.inf)
    except ResponseError as error:
        return error
