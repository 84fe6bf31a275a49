"""The worker: reads entries of the outbox, carries them out, and only then removes them.

So no job is lost: if a worker dies, another one takes over what it held; a job that cannot be done yet is
retried later; a job that can never be done is parked with its cause.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import TYPE_CHECKING

import structlog

from admitone.domain.errors import Refusal
from admitone.store.outbox.outbox import Outbox
from admitone.store.outbox.pause import HOW_TO_END, read_pause
from admitone.worker.attempt import Attempt
from admitone.worker.jobs import JOBS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.store.outbox.outbox import Entry
    from admitone.usecases.shared.services import Services
    from admitone.worker.jobs import Handler

log = structlog.get_logger()

CONCURRENCY = 16
"""Jobs that run at once, so that a slow one does not delay the others."""
WAIT = 1.0
"""Seconds that a read waits for new entries; also how late a due job may be noticed."""


class Worker:
    """Does jobs under a unique `name`. Other workers take over jobs on which it does not report.

    `take_over_after` is in seconds, as are the arguments of `step` and `close`.
    """

    def __init__(
        self,
        services: Services,
        name: str,
        *,
        take_over_after: float = 30.0,
        concurrency: int = CONCURRENCY,
        jobs: Mapping[str, Handler] = JOBS,
    ) -> None:
        self._services = services
        self._outbox = Outbox(services.store, name)
        self._take_over_after = take_over_after
        self._concurrency = concurrency
        self._jobs = jobs
        self._waiting: deque[Entry] = deque()
        self._running: dict[asyncio.Task[None], Entry] = {}
        self._next_look = self._next_hold = self._next_due = self._next_pause = 0.0
        self._is_paused = False
        self.counts: Counter[str] = Counter()
        """The results so far: `planned`, `done`, `retried`, `parked`, `taken_over`."""

    async def run(self) -> None:
        """Work until cancelled; call `close` then. Without Redis, the worker waits until Redis is back."""
        while True:
            try:
                await self.step(WAIT)
                continue
            except Refusal as refusal:
                log.warning("worker-waits", reason=refusal.code)
            except Exception:
                log.exception("worker-waits")
            await asyncio.sleep(WAIT)

    async def step(self, wait: float = 0) -> bool:
        """One round: start as many jobs as fit, or wait for one to end. False if there was nothing to do.

        `wait` is how long it may wait for new entries. Nothing is begun while workers pause after a restore.
        Raises Busy if Redis cannot be reached.
        """
        if await self._pauses():
            await asyncio.sleep(wait)
            return False
        was_busy = bool(self._running)  # asked before the read: jobs that end during the read count too
        moved = await self._upkeep(at_once=not wait)
        room = self._concurrency - len(self._running)
        if not self._waiting and room > 0:  # other workers share what this one cannot begin now
            self._waiting.extend(await self._outbox.read(0 if moved else wait, room))
        began = self._begin()
        if self._running and (not (began or wait) or len(self._running) >= self._concurrency):
            await self._one_to_end()
        return bool(moved or began or was_busy)

    async def close(self, grace: float = 10.0) -> None:
        """Finish what is running within `grace` seconds; hand the rest back to other workers."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await self._outbox.close()
        except Refusal as refusal:
            log.warning("worker-hands-nothing-back", reason=refusal.code)

    async def _pauses(self) -> bool:
        """Whether workers pause after a restore; Redis is asked once in WAIT seconds."""
        now = asyncio.get_running_loop().time()
        if now >= self._next_pause:
            was_paused, self._is_paused = self._is_paused, await read_pause(self._services.store) is not None
            self._next_pause = now + WAIT
            if self._is_paused and not was_paused:
                log.warning("workers-pause", reason="a backup was restored", advice=HOW_TO_END)
        return self._is_paused

    async def _upkeep(self, *, at_once: bool) -> bool:
        """Move due jobs, take over abandoned ones, report on held ones; True if due jobs were moved."""
        now = asyncio.get_running_loop().time()
        moved = 0
        if now >= self._next_hold:
            await self._outbox.hold([*self._waiting, *self._running.values()])
            self._next_hold = now + self._take_over_after / 3
        if now >= self._next_look:
            left = await self._outbox.take_over(self._take_over_after)
            held = {(entry.partition, entry.id) for entry in (*self._waiting, *self._running.values())}
            left = [entry for entry in left if (entry.partition, entry.id) not in held]
            self.counts["taken_over"] += len(left)
            self._waiting.extend(left)
            self._next_look = now + self._take_over_after / 2
        if at_once or now >= self._next_due:
            moved = await self._outbox.move_due(self._services.now())
            self._next_due = now + WAIT
        return moved > 0

    def _begin(self) -> int:
        began = 0
        while self._waiting and len(self._running) < self._concurrency:
            entry = self._waiting.popleft()
            attempt = Attempt(self._services, self._outbox, self._jobs, self.counts)
            task = asyncio.create_task(attempt.make(entry), name=f"job {entry.id}")
            self._running[task] = entry
            task.add_done_callback(self._running.pop)
            began += 1
        return began

    async def _one_to_end(self) -> None:
        """Wait until a job has ended, and meanwhile report on the running ones."""
        while self._running:
            pause = max(self._next_hold - asyncio.get_running_loop().time(), 0.01)
            done, _ = await asyncio.wait(self._running, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            if done:
                return
            await self._upkeep(at_once=False)
