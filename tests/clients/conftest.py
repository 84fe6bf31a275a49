"""Both clients, generated once for a whole run, and a server for them to call."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.api.deployment import Clock, deployed
from tests.support.clients.generated import COMPILER, generate
from tests.support.redis_server import running_redis

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
async def clients(tmp_path_factory: pytest.TempPathFactory, redis_line: str) -> Path:
    """The folder of both clients. The first of pytest's processes generates them, the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / "clients"
    with (base / "clients.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / COMPILER).exists():
            folder.mkdir()
            with running_redis(redis_line) as redis:
                async with deployed(redis.url, Clock()) as deployment:
                    await generate(folder, deployment.url)
    return folder


@pytest.fixture
def clock() -> Clock:
    """The server's clock shows the real time, as the clocks of its clients do."""
    return Clock(int(time.time()))
