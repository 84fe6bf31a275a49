"""Workers in the test's own process, with jobs and a clock that the test sets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.outbox.outbox import put_in
from admitone.usecases.shared.services import Services
from admitone.worker.worker import Worker
from tests.support.api.deployment import PUBLIC_URL, Clock
from tests.support.factories import WORKSPACE, a_job
from tests.support.patience import PATIENCE
from tests.support.worker.parked_jobs import parked_jobs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.domain.jobs.job import Job
    from admitone.store.outbox.parked import Parked
    from admitone.store.store import Store

EMPTY = {"entries": 0, "delayed": 0, "held": 0}
"""What `left` returns once every job is done."""


class Workers:
    """Workers on a store, with one clock; `did` lists each call of the test's own job `try`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = Clock()
        self.services = Services(store, self.clock, PUBLIC_URL, test_addresses=True)
        self.did: list[Job] = []

    def worker(
        self,
        name: str = "worker",
        act: Callable[[Job], Awaitable[None]] | None = None,
        **options: Any,
    ) -> Worker:
        """A worker whose job `try` calls `act`; it knows the server's own jobs only if `jobs` lists them."""

        async def handle(_: Services, job: Job) -> None:
            self.did.append(job)
            if act:
                await act(job)

        return Worker(self.services, name, **{"jobs": {"try": handle}} | options)

    async def put(self, *jobs: Job, workspace: str = WORKSPACE) -> None:
        """Put jobs in that are due now."""
        await put_in(self.store, workspace, [msgspec.json.encode(job).decode() for job in jobs])

    async def put_some(self, count: int = 1, **fields: Any) -> list[Job]:
        """Put so many jobs `try` in."""
        jobs = [a_job("try", **fields) for _ in range(count)]
        await self.put(*jobs)
        return jobs

    async def parked(self, workspace: str = WORKSPACE) -> list[Parked]:
        """The parked jobs, newest first."""
        return await parked_jobs(self.store, workspace)

    async def due(self, workspace: str = WORKSPACE) -> int:
        """When the next delayed job is due, in epoch seconds."""
        key = self.store.keys(workspace).delayed
        first: Any = await self.store.client.zrange(key, 0, 0, withscores=True)
        return int(first[0][1])

    async def rest(self) -> dict[str, int]:
        """How many entries the streams and the delayed sets hold, how many are held, and how many workers."""
        left = {"entries": 0, "delayed": 0, "held": 0}
        client = self.store.client
        for partition in range(self.store.partitions):
            stream = f"ao:{{p{partition:02d}}}:jobs"
            left["entries"] += await client.xlen(stream)
            left["delayed"] += await client.zcard(f"ao:{{p{partition:02d}}}:delayed")
            if await client.exists(stream):
                for group in await client.xinfo_groups(stream):
                    left["held"] += group["pending"]
        return left | {"consumers": len(await self.known())}

    async def known(self) -> set[str]:
        """The names of the workers that Redis knows; none before the first of them has made the group.

        Valkey knows a worker from its first look, Redis 7.0 from its first entry.
        """
        found = set[str]()
        for partition in range(self.store.partitions):
            stream = f"ao:{{p{partition:02d}}}:jobs"
            if await self.store.client.exists(stream):
                for group in await self.store.client.xinfo_groups(stream):
                    for one in await self.store.client.xinfo_consumers(stream, group["name"]):
                        found.add(one["name"].decode())
        return found


async def left(workers: Workers) -> dict[str, int]:
    """How many entries are left: in the streams, delayed, and held by workers."""
    return {name: count for name, count in (await workers.rest()).items() if name != "consumers"}


async def work_off(*workers: Worker) -> None:
    """Let the workers do every job that is due now."""
    while any([await worker.step() for worker in workers]):
        pass


async def only_timers_left(store: Store) -> bool:
    """Whether every job is done, except those that wait for their time."""
    rest = await Workers(store).rest()
    return rest["entries"] == rest["held"] == 0


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Return as soon as `condition` is true."""
    async with asyncio.timeout(PATIENCE):
        while not await condition():  # noqa: ASYNC110 - what it looks at is in another process, or in Redis
            await asyncio.sleep(0.02)
