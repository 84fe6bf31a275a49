"""The lines of one process to its Redis, and which of them a request takes.

Reads have a line of their own: they never wait behind a write that waits for replicas. Writes have one to
three, by need. Each worker has another one, on which it waits for jobs (store/outbox/outbox.py).
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from admitone.cancelling import cancelled
from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.redis.coalescer import Coalescer
from admitone.store.redis.connect import ANSWER_WITHIN
from admitone.store.redis.line import Line, Losses
from admitone.store.redis.usage import REQUEST_WITHIN, current_usage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Sequence

    from redis.asyncio import Redis

    from admitone.store.redis.coalescer import Command
    from admitone.store.redis.usage import Usage

WRITE_LINES = 3
LONG_QUEUE = 32
"""Writes that wait for a line before the next line is used. A line connects when it is first used."""
_is_durable = attrgetter("is_durable")


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
        self.replicas = replicas
        """The number of replicas that have a write before it is answered."""
        self._reads = Coalescer(self.open())
        self._writes = [Coalescer(self.open(), replicas) for _ in range(WRITE_LINES)]
        if not is_alone:
            self.write_at(None)  # until it is known which slots the server has

    def open(self) -> Line:
        """A further line; like the others, it asks for the primary's address again after each loss."""
        return Line(self._client, self._losses, answer_within=ANSWER_WITHIN)

    def send(self, *commands: Command, within: float = REQUEST_WITHIN) -> Coroutine[Any, Any, list[Any]]:
        """The answers to `commands`, as `Coalescer.ask`; all go to the writes if one is durable.

        In an HTTP request, all calls together wait REQUEST_WITHIN seconds at most (usage.py).
        """
        is_write = any(map(_is_durable, commands))
        return self._send(commands, within, None if is_write else self._reads)

    async def confirm(self) -> None:
        """Wait until replicas have everything that this HTTP request has read.

        An answer that repeats an earlier write needs this. There is nothing to wait for if no replicas are
        asked for, or if the last call of this request was a write. Raises OutcomeUnknown if too few replicas
        have it, or if it was read from a server that is no longer the primary.
        """
        used = current_usage()
        if not self.replicas or (used is not None and used.is_confirmed):
            return
        read_from = set(used.servers) if used else set()
        if read_from - {await self.confirm_all()}:
            raise OutcomeUnknown

    async def confirm_all(self) -> str:
        """Wait until replicas have everything that was written so far; the id of the server that wrote it.

        Raises OutcomeUnknown.
        """
        line = self._writing()
        try:
            await self._send((), REQUEST_WITHIN, line)
        except Busy:
            raise OutcomeUnknown from None
        return line.server

    def deliver(self, commands: Sequence[Command], within: float) -> Coroutine[Any, Any, list[Any]]:
        """As `send`, for a caller that minds the time of the request itself."""
        is_write = any(map(_is_durable, commands))
        return self._ask(commands, within, self._writing() if is_write else self._reads, current_usage())

    def _writing(self) -> Coalescer:
        """The line for the next write: the first one with a short queue, else that with the shortest.

        Writes of different callers have no order, and those of one caller follow on answers.
        """
        for line in self._writes:
            if line.waiting < LONG_QUEUE:
                return line
        return min(self._writes, key=lambda line: line.waiting)

    async def _send(self, commands: Sequence[Command], within: float, line: Coalescer | None) -> list[Any]:
        """The answers that come by `line`; with None by a line for writes."""
        line, used = line or self._writing(), current_usage()
        if used is None:
            return await line.ask(commands, within)
        clock = asyncio.get_running_loop().time
        left = used.begin(clock())
        try:
            return await self._ask(commands, min(within, left), line, used)
        finally:
            used.end(clock())

    async def _ask(
        self, commands: Sequence[Command], within: float, line: Coalescer, used: Usage | None
    ) -> list[Any]:
        answers = await line.ask(commands, within)
        if used is not None and self.replicas:
            used.note(line.server, is_write=line is not self._reads, is_alone=self._is_alone)
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
        """The id of the server that answered a read last; each start of a Redis has another."""
        return self._reads.server

    @property
    def database(self) -> int:
        """The number of the database."""
        return int(self._client.connection_pool.connection_kwargs.get("db") or 0)

    @property
    def written(self) -> str | None:
        """The key of the small write that trips of writes end with."""
        return self._writes[0].written

    def write_at(self, key: str | None) -> None:
        """Let trips of writes end with a write to this key: the server must have its slot."""
        for line in self._writes:
            line.written = key

    @property
    def is_behind(self) -> bool:
        """Whether writes are not acknowledged at present, because too few replicas have them."""
        return any(line.is_behind for line in self._writes)

    @property
    def trips(self) -> int:
        """Round trips made so far."""
        return sum(line.trips for line in (self._reads, *self._writes))

    @property
    def waiting(self) -> int:
        """Requests that wait for the next round trip."""
        return sum(line.waiting for line in (self._reads, *self._writes))

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Answer calls until the end; then tell those who still wait."""
        tasks = [
            asyncio.create_task(line.run(), name=name)
            for name, line in (("reads", self._reads), *(("writes", line) for line in self._writes))
        ]
        try:
            yield
        finally:
            for task in tasks:
                await cancelled(task)
