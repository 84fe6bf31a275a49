"""Two servers and a worker as processes of their own, on a Redis that fails over, or on a cluster."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tests.support.api.servers import servers_on
from tests.support.server_process import ServerProcess
from tests.support.store.actions import a_store
from tests.support.worker.processes import WorkerProcess
from tests.support.worker.workers import Workers, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.api.servers import Servers
    from tests.support.store.failover.sentinels import SentinelRig


@asynccontextmanager
async def deployed_on(redis_url: str, folder: Path, *, replicas: int) -> AsyncIterator[Servers]:
    """The servers; writes wait for so many `replicas`."""
    processes = [
        ServerProcess(folder, REDIS_URL=redis_url, REDIS_REPLICAS=str(replicas), WORKER="off")
        for _ in range(2)
    ]
    worker = WorkerProcess(folder, redis_url, REDIS_REPLICAS=str(replicas))
    everything: tuple[ServerProcess | WorkerProcess, ...] = (*processes, worker)
    try:
        await asyncio.gather(*(asyncio.to_thread(process.start) for process in everything))
        async with servers_on(redis_url, processes) as servers:
            yield servers
    finally:
        await asyncio.gather(*(asyncio.to_thread(process.kill) for process in everything))


async def worker_goes_on(rig: SentinelRig) -> None:
    """Return once the worker does jobs on the present primary; nobody may make new ones."""
    async with a_store(rig.primary.server.url) as store:
        before = (await Workers(store).rest())["entries"]

        async def has_done_some() -> bool:
            left = (await Workers(store).rest())["entries"]
            return left == 0 or left < before

        await until(has_done_some)
