"""The worker: takes from the outbox what is to be done, does it, and only then strikes it out.

Whatever becomes of it meanwhile, a job that was begun is done in the end: a worker that dies is silent about
what it holds, and another takes it over; what cannot be done yet is tried again later; what can never be
done is parked with its cause.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import TYPE_CHECKING

import structlog

from admitone.domain.errors import Refusal
from admitone.store.outbox.outbox import Outbox
from admitone.worker.attempt import Attempt
from admitone.worker.jobs import JOBS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.store.outbox.outbox import Entry
    from admitone.usecases.shared.services import Services
    from admitone.worker.jobs import Handler

log = structlog.get_logger()

CONCURRENCY = 16
"""Jobs at once, so that one that waits for somebody slow holds up no others."""
WAIT = 1.0
"""Seconds that a read waits for news; also how late something that is due may be noticed."""


class Worker:
    """Does jobs as `name`, which no other worker may have; others take over what it is silent about.

    `take_over_after` is seconds, and so is what `step` and `close` take.
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
        self._next_look = self._next_hold = self._next_due = 0.0
        self.counts: Counter[str] = Counter()
        """What became of entries so far: `planned`, `done`, `retried`, `parked`, `taken_over`."""

    async def run(self) -> None:
        """Work until cancelled; call `close` then. Without Redis it waits until that is back."""
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
        """One round: begin what there is room for, or wait for something to end; False if there is nothing.

        `wait` is for how long it may wait for news. Raises Busy where Redis is away.
        """
        was_busy = bool(self._running)  # before the read, which sees nothing of what ends during it
        moved = await self._upkeep(at_once=not wait)
        if not self._waiting and len(self._running) < self._concurrency:
            self._waiting.extend(await self._outbox.read(0 if moved else wait))
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

    async def _upkeep(self, *, at_once: bool) -> bool:
        """See to what is due, to what others left, and to what is held here; whether there is more to do."""
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
        """Wait until something has ended, and say meanwhile that the rest is being worked on."""
        while self._running:
            pause = max(self._next_hold - asyncio.get_running_loop().time(), 0.01)
            done, _ = await asyncio.wait(self._running, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            if done:
                return
            await self._upkeep(at_once=False)
