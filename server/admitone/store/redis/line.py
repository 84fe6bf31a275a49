"""One connection that carries many commands in a round trip, at low cost per command.

redis-py opens the connection (sign-in, TLS, Sentinel, health checks) and reopens a lost one. Its pipelines
are not used: they await each answer separately, which costs several times as much.
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
    """One connection from `client`'s pool, taken at the first trip and kept until `close`."""

    def __init__(self, client: Redis, *, answer_within: float) -> None:
        self._client = client
        self._answer_within = answer_within
        self._connection: AbstractConnection | None = None

    async def exchange(self, packed: bytes, counts: Iterable[int], take: Callable[[list[Any]], None]) -> None:
        """Send packed commands and pass their answers to `take`; errors of Redis are among the answers.

        `counts` divides the commands into groups. `take` gets the answers of a group as soon as they are
        there, so that its caller goes on while Redis works on the next groups.

        Raises redis-py's ConnectionError and TimeoutError, OSError, and any error of `take`. Then the
        connection is closed, because its unread answers would be taken for those of the next trip.
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
        self._connection.socket_timeout = None  # the trip has a timeout; redis-py's costs a task per write
        return self._connection

    async def close(self) -> None:
        """Return the connection to the pool."""
        if self._connection is not None:
            self._connection.socket_timeout = self._answer_within
            await self._client.connection_pool.release(self._connection)
            self._connection = None


def pack(words: tuple[str | bytes | int | float, ...]) -> bytes:
    """One command as bytes; raises TypeError or UnicodeEncodeError for words that cannot be sent."""
    packed: bytes = pack_command(words)  # type: ignore[arg-type]  # its stub knows single words only
    return packed


async def _answer(connection: AbstractConnection) -> Any:
    try:
        return await connection.read_response(disable_decoding=True, timeout=math.inf)
    except ResponseError as error:
        return error
