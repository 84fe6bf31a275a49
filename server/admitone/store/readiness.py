"""Whether Redis takes writes now, tried by a write at most once a second: anybody may ask."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from redis.exceptions import ResponseError

from admitone.domain.errors import Busy, OutcomeUnknown, StorageFull
from admitone.store.keys import PAUSED, WRITTEN
from admitone.store.outbox.pause import READ_PAUSE
from admitone.store.redis.coalescer import Command
from admitone.store.redis.memory_figures import MEMORY, parse_memory

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.store.redis.cluster.router import Router
    from admitone.store.redis.lines import Lines

ANSWER_WITHIN = 1.5
"""Seconds within which Redis must take a write to count as ready."""
EVERY = 1.0
"""Seconds from the beginning of one write to that of the next, at least."""


class Readiness:
    """The state of the Redis at the other end of `lines`; of a cluster, that of its primaries."""

    def __init__(self, lines: Lines | Router) -> None:
        self._lines = lines
        self._write: asyncio.Task[str | None] | None = None
        """The last write; those who ask during it share its outcome."""
        self._began = 0.0
        self._nearly_full: WeakKeyDictionary[Lines, bool] = WeakKeyDictionary()
        self.is_paused = False
        """Whether workers paused after a restore then."""

    @property
    def is_nearly_full(self) -> bool:
        """Whether a primary had little memory left when it took its last write."""
        return any(self._nearly_full.values())

    async def why_not(self) -> str | None:
        """Why no write is answered at present, in one word; None if Redis takes writes and keeps them.

        `replicas-behind`: fewer replicas than asked for have what was written. `redis-unavailable`: Redis
        does not answer, or it refuses writes because it lacks disk or replicas. `storage-full`: Redis has no
        memory left for writes.

        Of a cluster, one primary that takes writes is enough: the workspaces on it are served.

        For a second after a write its outcome counts; if it was taken, a read tells if Redis still answers.
        """
        now = asyncio.get_running_loop().time()
        write = self._write
        if write is None or (write.done() and now - self._began >= EVERY):
            self._began = now
            write = self._write = asyncio.create_task(self._try(self._write_at))
        elif write.done() and not write.cancelled() and write.result() is None:
            return await self._try(self._read_at)
        return await asyncio.shield(write)

    async def _try(self, ask: Callable[[Lines], Awaitable[None]]) -> str | None:
        outcomes = await asyncio.gather(*(self._outcome(ask(each)) for each in self._lines.primaries))
        return None if None in outcomes else outcomes[0]

    async def _outcome(self, asking: Awaitable[None]) -> str | None:
        try:
            await asking
        except StorageFull:
            return "storage-full"
        except (Busy, OutcomeUnknown, ResponseError):
            return "replicas-behind" if self._lines.is_behind else "redis-unavailable"
        return None

    async def _write_at(self, primary: Lines) -> None:
        """Write something small, and look at the memory; and whether workers pause, where that is written."""
        write = Command(("SET", primary.written or WRITTEN, 1))
        is_told = self._lines.primary(PAUSED) is primary
        commands = (write, MEMORY, READ_PAUSE) if is_told else (write, MEMORY)
        _, memory, *pause = await primary.send(*commands, within=ANSWER_WITHIN)
        self._nearly_full[primary] = parse_memory(memory).is_nearly_full
        if is_told:
            self.is_paused = pause != [None]

    async def _read_at(self, primary: Lines) -> None:
        """Read something small."""
        await primary.send(Command(("GET", primary.written or WRITTEN)), within=ANSWER_WITHIN)
