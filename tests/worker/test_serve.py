"""The server does jobs as well, unless it is told to leave them to others."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.factories import WORKSPACE
from tests.support.server_process import ServerProcess
from tests.support.store.actions import a_store, put_link
from tests.support.webhooks.receiver import receiving
from tests.support.webhooks.records import put_webhook
from tests.support.worker.processes import TAKE_OVER
from tests.support.worker.workers import Workers, only_timers_left, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.redis_server import RedisServer


async def test_the_server_does_jobs_unless_it_is_told_not_to(own_redis: RedisServer, tmp_path: Path) -> None:
    settings = {
        "REDIS_URL": own_redis.url,
        "WEBHOOKS_TO_LOOPBACK": "yes",
        "TAKE_OVER_SECONDS": TAKE_OVER,
    }
    async with a_store(own_redis.url) as store, receiving() as receiver:
        await put_webhook(store, receiver, "link.created")
        link = await put_link(store, expires_at=None)
        idle = ServerProcess(tmp_path, **settings, WORKER="off")
        await asyncio.to_thread(idle.start)
        assert await asyncio.to_thread(idle.stop) == 0
        assert await store.client.xinfo_groups(store.keys(WORKSPACE).jobs) == []
        server = ServerProcess(tmp_path, **settings)
        await asyncio.to_thread(server.start)
        try:
            await until(lambda: only_timers_left(store))
        finally:
            assert await asyncio.to_thread(server.stop) == 0
        assert [one.message["data"]["link"] for one in receiver.received] == [link.id]
        assert await Workers(store).rest() == {"entries": 0, "delayed": 0, "held": 0, "consumers": 0}
