"""An acknowledged booking is never lost and never half done: through killed servers, a killed Redis, and
connections that break after the command was sent."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import redis

from admitone.store.redis.embedded_process import prepare_home
from tests.support.api.persistent import Work
from tests.support.api.servers import servers_on
from tests.support.flaky_link import flaky_link
from tests.support.invariants import check_invariants
from tests.support.server_process import running_servers
from tests.support.sizes import size

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from tests.support.api.servers import Servers
    from tests.support.redis_server import RedisServer

TIMES = size(20)
"""How often the worst happens in one test."""


async def work_through(servers: Servers, trouble: Callable[[Work], Awaitable[None]]) -> None:
    """Have programs at work while `trouble` lasts; then everything acknowledged is there and adds up."""
    work = Work(servers)
    await work.run(trouble)
    await work.check()
    assert await check_invariants(servers.redis) == []


@pytest.mark.soak
async def test_servers_are_killed(own_redis: RedisServer, tmp_path: Path) -> None:
    with running_servers(size(3, 2), tmp_path, REDIS_URL=own_redis.url) as processes:

        async def trouble(work: Work) -> None:
            for _ in range(TIMES):
                await work.more()
                victim = random.choice(processes)
                victim.kill()
                await asyncio.to_thread(victim.start)
            await work.more()

        async with servers_on(own_redis.url, processes) as servers:
            await work_through(servers, trouble)


@pytest.mark.soak
async def test_redis_is_killed(own_redis: RedisServer, tmp_path: Path) -> None:
    with running_servers(2, tmp_path, REDIS_URL=own_redis.url) as processes:

        async def trouble(work: Work) -> None:
            for _ in range(TIMES):
                await work.more()
                own_redis.kill()
                await asyncio.sleep(random.choice([0, 0.3, 2]))  # within the store's own retries, and beyond
                await asyncio.to_thread(own_redis.start)
            await work.more()

        async with servers_on(own_redis.url, processes) as servers:
            await work_through(servers, trouble)


@pytest.mark.soak
async def test_connections_break(own_redis: RedisServer, tmp_path: Path) -> None:
    async with flaky_link(own_redis.url) as link:
        starting = running_servers(2, tmp_path, REDIS_URL=link.url)
        processes = await asyncio.to_thread(starting.__enter__)
        try:

            async def trouble(work: Work) -> None:
                link.cut_at_random(0.05, seed=7)
                await work.more(size(2000))
                link.cut_at_random(0, seed=7)

            async with servers_on(own_redis.url, processes) as servers:
                await work_through(servers, trouble)
            assert link.cuts > size(100)
        finally:
            await asyncio.to_thread(starting.__exit__, None, None, None)


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data directory, whose Redis is gone afterwards even if every process that knew it was killed."""
    folder = tmp_path / "data"
    yield folder
    with suppress(redis.ConnectionError):
        redis.Redis.from_url(prepare_home(folder).url).shutdown(nosave=True)


@pytest.mark.soak
async def test_the_embedded_redis_is_killed(data_dir: Path, tmp_path: Path) -> None:
    with running_servers(2, tmp_path, DATA_DIR=str(data_dir)) as processes:

        async def trouble(work: Work) -> None:
            for _ in range(TIMES):
                await work.more()
                await kill_redis(work.servers)
            await work.more()

        async with servers_on(prepare_home(data_dir).url, processes) as servers:
            await work_through(servers, trouble)


@pytest.mark.soak
async def test_everything_is_killed_at_once(data_dir: Path, tmp_path: Path) -> None:
    with running_servers(2, tmp_path, DATA_DIR=str(data_dir)) as processes:

        async def trouble(work: Work) -> None:
            for _ in range(TIMES):
                await work.more()
                await kill_redis(work.servers)
                for server in processes:
                    server.kill()
                for server in processes:
                    server.launch()
                for server in processes:
                    await asyncio.to_thread(server.wait_until_listening)
            await work.more()

        async with servers_on(prepare_home(data_dir).url, processes) as servers:
            await work_through(servers, trouble)


async def kill_redis(servers: Servers) -> None:
    """End the Redis that these servers have started, with SIGKILL."""
    facts = await servers.redis.info("server")
    os.kill(facts["process_id"], signal.SIGKILL)
