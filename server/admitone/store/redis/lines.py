"""The lines of one process to its Redis, and which of them a request takes.

Reads have a line of their own: they never wait behind a write that waits for replicas. Each worker has
another one, on which it waits for jobs (store/outbox/outbox.py).
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from admitone.cancelling import cancelled
from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.redis.coalescer import Coalescer
from admitone.store.redis.connect import ANSWER_WITHIN
from admitone.store.redis.line import Line, Losses
from admitone.store.redis.usage import REQUEST_WITHIN, current_usage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from redis.asyncio import Redis

    from admitone.store.redis.coalescer import Command


class Lines:
    """The lines to the Redis of `client`; `serving` must be open.

    A write is answered when so many `replicas` have it. `on_loss` is called when a connection is lost. Of the
    primaries of a cluster none is `is_alone`.
    """

    def __init__(
        self, client: Redis, replicas: int, on_loss: Callable[[], None], *, is_alone: bool = True
    ) -> None:
        self._client = client
        self._is_alone = is_alone
        self._losses = Losses(on_loss)
        self._replicas = replicas
        self._reads = Coalescer(self.open())
        self._writes = Coalescer(self.open(), replicas)

    def open(self) -> Line:
        """A further line; like the others, it asks for the primary's address again after each loss."""
        return Line(self._client, self._losses, answer_within=ANSWER_WITHIN)

    async def send(self, *commands: Command, within: float = REQUEST_WITHIN) -> list[Any]:
        """The answers to `commands`, as `Coalescer.send`; all go to the writes if one is durable.

        In an HTTP request, all calls together wait REQUEST_WITHIN seconds at most (usage.py).
        """
        is_write = any(command.is_durable for command in commands)
        return await self._send(commands, within, is_write=is_write)

    async def confirm(self) -> None:
        """Wait until replicas have everything that this HTTP request has read.

        An answer that repeats an earlier write needs this. There is nothing to wait for if no replicas are
        asked for, or if the last call of this request was a write. Raises OutcomeUnknown if too few replicas
        have it, or if it was read from a server that is no longer the primary.
        """
        used = current_usage()
        if not self._replicas or (used is not None and used.is_confirmed):
            return
        read_from = set(used.servers) if used else set()
        await self.confirm_all()
        if read_from - {self.server}:
            raise OutcomeUnknown

    async def confirm_all(self) -> None:
        """Wait until replicas have everything that was written so far; raises OutcomeUnknown."""
        try:
            await self._send((), REQUEST_WITHIN, is_write=True)
        except Busy:
            raise OutcomeUnknown from None

    async def _send(self, commands: Sequence[Command], within: float, *, is_write: bool) -> list[Any]:
        used = current_usage()
        if used is None:
            return await self._deliver(commands, within, is_write=is_write)
        clock = asyncio.get_running_loop().time
        left = used.begin(clock())
        try:
            return await self._deliver(commands, min(within, left), is_write=is_write)
        finally:
            used.end(clock())

    async def deliver(self, commands: Sequence[Command], within: float) -> list[Any]:
        """As `send`, for a caller that minds the time of the request itself."""
        is_write = any(command.is_durable for command in commands)
        return await self._deliver(commands, within, is_write=is_write)

    async def _deliver(self, commands: Sequence[Command], within: float, *, is_write: bool) -> list[Any]:
        line = self._writes if is_write else self._reads
        answers = await line.send(*commands, within=within)
        if used := current_usage():
            used.note(line.server, is_write=is_write, is_alone=self._is_alone)
        return answers

    @property
    def primaries(self) -> list[Lines]:
        """The lines of each primary: these."""
        return [self]

    def primary(self, key: str) -> Lines:
        """The lines of the primary that serves a key: these."""
        return self

    @property
    def server(self) -> str:
        """The id of the server that answered writes last; each start of a Redis has another."""
        return self._writes.server

    @property
    def database(self) -> int:
        """The number of the database."""
        return int(self._client.connection_pool.connection_kwargs.get("db") or 0)

    @property
    def written(self) -> str | None:
        """The key of the small write that trips of writes end with."""
        return self._writes.written

    def write_at(self, key: str) -> None:
        """Let trips of writes end with a write to this key: the server must have its slot."""
        self._writes.written = key

    @property
    def is_behind(self) -> bool:
        """Whether writes are not acknowledged at present, because too few replicas have them."""
        return self._writes.is_behind

    @property
    def trips(self) -> int:
        """Round trips made so far."""
        return self._reads.trips + self._writes.trips

    @property
    def waiting(self) -> int:
        """Requests that wait for the next round trip."""
        return self._reads.waiting + self._writes.waiting

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Answer calls until the end; then tell those who still wait."""
        tasks = [
            asyncio.create_task(line.run(), name=name)
            for name, line in (("reads", self._reads), ("writes", self._writes))
        ]
        try:
            yield
        finally:
            for task in tasks:
                await cancelled(task)
