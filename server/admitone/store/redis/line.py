"""One connection that carries many commands in a round trip, at low cost per command.

redis-py opens the connection (sign-in, TLS, Sentinel, health checks). Its pipelines are not used: they await
each answer separately, which costs several times as much.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from hiredis import pack_command
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MasterDownError, ReadOnlyError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from admitone.store.redis.connect import CONNECT_WITHIN
from admitone.store.redis.deadline import Deadline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redis.asyncio import Redis

LOST = (RedisConnectionError, RedisTimeoutError, OSError)
"""The errors of a connection that cannot be opened, or is lost."""
_DEMOTED = re.compile(r"(?:^|-)(?:READONLY|UNBLOCKED|MASTERDOWN) ")


class Losses:
    """Counts the connections that the lines of this process have lost to one Redis.

    After a loss another server may be the primary. So every line then asks for the primary's address again,
    and `on_loss` is called to forget what was remembered of the data.
    """

    def __init__(self, on_loss: Callable[[], None] = lambda: None) -> None:
        self.count = 0
        self._on_loss = on_loss

    def add(self) -> None:
        """Count one loss."""
        self.count += 1
        self._on_loss()


class Line:
    """One connection from `client`'s pool, taken at the first trip and kept until `close`.

    All lines of a process to the same Redis share their `losses`.
    """

    def __init__(self, client: Redis, losses: Losses, *, answer_within: float) -> None:
        self._client = client
        self._losses = losses
        self._seen = 0
        """The number of losses when this connection was opened."""
        self._answer_within = answer_within
        self._connection: AbstractConnection | None = None
        self.server = ""
        """The run id of the server at the other end; each start of a Redis has another."""
        self._is_demoted = False
        """Whether an answer of this trip said that the server is not the primary."""

    async def connect(self) -> AbstractConnection:
        """Open the connection, unless it is open and no line has lost one since; returns it.

        The address is asked for each time, of Sentinel or of the name's resolver. Raises LOST; nothing was
        sent then.
        """
        losses, connection = self._losses.count, self._connection
        if connection and connection.is_connected and self._seen == losses:
            if asyncio.get_running_loop().time() > connection.next_health_check:
                async with asyncio.timeout(CONNECT_WITHIN):
                    await connection.check_health()  # type: ignore[no-untyped-call]
            return connection
        async with asyncio.timeout(CONNECT_WITHIN):
            if connection is None:
                connection = await self._take()
            else:
                await connection.disconnect(nowait=True)
                await connection.connect()  # type: ignore[no-untyped-call]
            await connection.send_command("INFO", "server")
            self.server = _run_id(await AbstractConnection.read_response(connection, disable_decoding=True))
        self._seen = losses
        return connection

    async def exchange(self, packed: bytes, counts: Iterable[int], take: Callable[[list[Any]], None]) -> None:
        """Send packed commands and pass their answers to `take`; errors of Redis are among the answers.

        `counts` divides the commands into groups. `take` gets the answers of a group as soon as they are
        there, so that its caller goes on while Redis works on the next groups.

        Raises LOST, and any error of `take`. Then the connection is closed, because its unread answers would
        be taken for those of the next trip. It is also closed after an answer which says that the server is
        no longer the primary (`is_demoted`).
        """
        connection = await self.connect()
        # The parser itself, as the layers above it cost ten times as much for each answer. Those of Sentinel
        # would also close the connection at READONLY, with other answers unread.
        read = connection._parser.read_response  # type: ignore[attr-defined] # noqa: SLF001
        self._is_demoted = False
        try:
            async with asyncio.timeout(None) as limit:
                deadline = Deadline(self._answer_within, lambda: limit.reschedule(0))
                try:
                    await connection.send_packed_command(packed, check_health=False)
                    for count in counts:
                        take([self._noted(await read(disable_decoding=True)) for _ in range(count)])
                finally:
                    deadline.cancel()
        except LOST:
            await self.drop()
            raise
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        connection.next_health_check = asyncio.get_running_loop().time() + connection.health_check_interval
        if self._is_demoted:
            await self.drop()

    def _noted(self, answer: Any) -> Any:
        """The answer; notes whether it says that the server is not the primary."""
        if isinstance(answer, ResponseError) and is_demoted(answer):
            self._is_demoted = True
        return answer

    async def drop(self) -> None:
        """Close the connection, as another server may be the primary now: every line asks anew."""
        self._losses.add()
        if self._connection is not None:
            await self._connection.disconnect(nowait=True)

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


def _run_id(info: bytes) -> str:
    found = re.search(rb"^run_id:(\w+)", info, re.MULTILINE)
    return found[1].decode() if found else ""


def is_demoted(answer: object) -> bool:
    """Whether the answer is an error which says that the server is, or becomes, a replica.

    The command did nothing. Redis 6.2 wraps the error that stopped a script in another error, so the text is
    searched.
    """
    return isinstance(answer, ReadOnlyError | MasterDownError) or (
        isinstance(answer, ResponseError) and _DEMOTED.search(str(answer)) is not None
    )
