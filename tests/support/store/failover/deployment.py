"""Two servers and a worker as processes of their own, which find their Redis through Sentinels."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tests.support.api.servers import servers_on
from tests.support.server_process import ServerProcess
from tests.support.worker.processes import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.api.servers import Servers
    from tests.support.store.failover.sentinels import SentinelRig


@asynccontextmanager
async def deployed_on(rig: SentinelRig, folder: Path, *, replicas: str) -> AsyncIterator[Servers]:
    """The servers; writes wait for so many `replicas`."""
    processes = [
        ServerProcess(folder, REDIS_URL=rig.url, REDIS_REPLICAS=replicas, WORKER="off") for _ in range(2)
    ]
    worker = WorkerProcess(folder, rig.url, REDIS_REPLICAS=replicas)
    everything = (*processes, worker)
    try:
        await asyncio.gather(*(asyncio.to_thread(process.start) for process in everything))
        async with servers_on(rig.url, processes) as servers:
            yield servers
    finally:
        await asyncio.gather(*(asyncio.to_thread(process.kill) for process in everything))
