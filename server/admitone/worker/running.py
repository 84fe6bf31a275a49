"""Run a worker besides something else."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from admitone.cancelling import cancelled
from admitone.worker.worker import Worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.usecases.shared.services import Services


@asynccontextmanager
async def working(services: Services, *, take_over_after: float) -> AsyncIterator[Worker]:
    """Do jobs inside the context; at its end, finish running jobs and hand the others back."""
    name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
    worker = Worker(services, name, take_over_after=take_over_after)
    task = asyncio.create_task(worker.run(), name="worker")
    try:
        yield worker
    finally:
        await cancelled(task)
        await worker.close()
