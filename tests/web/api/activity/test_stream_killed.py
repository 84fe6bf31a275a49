"""Whoever resumes misses nothing and gets nothing twice: through killed servers and a killed Redis."""

from __future__ import annotations

import asyncio
import random
from itertools import cycle
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.support.api.servers import servers_on
from tests.support.patience import PATIENCE
from tests.support.server_process import running_servers
from tests.support.sizes import size
from tests.support.web.event_source import listening_to
from tests.support.worker.workers import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.api.calling import Api
    from tests.support.api.servers import Servers
    from tests.support.redis_server import RedisServer

TIMES = size(20, 2)
"""How often a server is killed, each in turn, and Redis."""
BETWEEN = size(20, 3)
"""Entries at least between two troubles."""


class Follower:
    """A client that comes back after each loss, to any server, with the id of the last entry that it got."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.ids: list[str] = []
        self.resumed = 0
        self.is_listening = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled."""
        last_id: str | None = None
        while True:
            try:
                async with listening_to(self.api, last_id) as source:
                    last_id = source.last_id
                    self.is_listening.set()
                    while (told := await source.next()) is not None:
                        assert told.event == "entry", told
                        self.ids.append(told.id)
                        last_id = told.id
            except (aiohttp.ClientError, OSError, TimeoutError, AssertionError) as error:
                if isinstance(error, AssertionError) and "busy" not in str(error):
                    raise
            self.resumed += 1
            await asyncio.sleep(0.05)


async def make_links(admin: Api, page: Any, made: asyncio.Event, enough: asyncio.Event) -> None:
    """Make links at any server, one after the other, until there are enough."""
    while not enough.is_set():
        try:
            reply = await admin.post("/links", {"page": page["id"]})
        except aiohttp.ClientError:
            await asyncio.sleep(0.05)
            continue
        if reply.status == 201:
            made.set()


@pytest.mark.soak
async def test_nothing_is_lost_or_repeated(own_redis: RedisServer, tmp_path: Path) -> None:
    with running_servers(2, tmp_path, REDIS_URL=own_redis.url) as processes:
        async with servers_on(own_redis.url, processes) as servers:
            admin = await servers.user()
            page = await admin.new_page(await admin.new_event_type())
            follower, made, enough = Follower(admin), asyncio.Event(), asyncio.Event()
            before = set(await told_by_redis(servers))
            async with asyncio.timeout(PATIENCE * 5):
                following = asyncio.create_task(follower.run())
                await follower.is_listening.wait()
                making = asyncio.create_task(make_links(admin, page, made, enough))
                victims = cycle(processes)
                for _ in range(TIMES):
                    await more(made)
                    victim = next(victims)
                    victim.kill()
                    await more(made)
                    await asyncio.to_thread(victim.start)
                    await more(made)
                    own_redis.kill()
                    await asyncio.sleep(random.choice([0, 0.5]))
                    await asyncio.to_thread(own_redis.start)
                    await more(made)
                enough.set()
                await making  # a call that is given up may still write
                written = [entry for entry in await told_by_redis(servers) if entry not in before]

                async def has_all() -> bool:
                    return following.done() or len(follower.ids) >= len(written)

                await until(has_all)
                following.cancel()
                await asyncio.wait([following])
            assert following.cancelled(), following.exception()
            assert follower.ids == written
            assert len(written) > BETWEEN * TIMES
            assert follower.resumed > 0


async def more(made: asyncio.Event) -> None:
    """Wait for further links."""
    for _ in range(BETWEEN):
        made.clear()
        await made.wait()


async def told_by_redis(servers: Servers) -> list[str]:
    """The ids of all entries, oldest first."""
    entries: Any = await servers.redis.xrange(servers.store.keys(servers.workspace).activity)
    return [entry.decode() for entry, _ in entries]
