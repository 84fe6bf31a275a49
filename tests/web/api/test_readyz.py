"""GET /readyz, on a real Redis that goes away and comes back."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import msgspec
from aiohttp.test_utils import TestClient, TestServer

from admitone.app import opened_store
from admitone.config import Config
from admitone.store.keys import PAUSED
from admitone.store.outbox.pause import Pause
from admitone.web.application import build
from admitone.web.http.appkeys import READY
from tests.support.factories import NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest
    from aiohttp import web

    from tests.support.redis_server import RedisServer
    from tests.support.web.clients import Client


@asynccontextmanager
async def client_on(redis: RedisServer, data_dir: Path) -> AsyncIterator[Client]:
    config = Config({"ADMITONE_REDIS_URL": redis.url, "ADMITONE_DATA_DIR": str(data_dir)})

    async def store(app: web.Application) -> AsyncIterator[None]:
        async with opened_store(config) as opened:
            app[READY] = opened.readiness
            yield

    async with TestClient(TestServer(build(config, resources=[store]))) as client:
        yield client


async def test_ready_while_redis_takes_writes(own_redis: RedisServer, tmp_path: Path) -> None:
    async with client_on(own_redis, tmp_path) as client:
        async with client.get("/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"status": "ready"})

        own_redis.kill()
        async with client.get("/readyz") as answer:
            assert answer.status == 503

        own_redis.start()
        async with client.get("/readyz") as answer:
            assert answer.status == 200


async def test_not_ready_while_redis_refuses_writes(own_redis: RedisServer, tmp_path: Path) -> None:
    async with client_on(own_redis, tmp_path) as client:
        with own_redis.client() as admin:
            admin.config_set("min-replicas-to-write", 1)
        async with client.get("/readyz") as answer:
            assert answer.status == 503


async def test_whoever_asks_often_makes_redis_write_once_a_second(
    own_redis: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admitone.store.readiness.EVERY", 3600)  # a second that lasts for the whole test
    async with client_on(own_redis, tmp_path) as client:

        async def ask() -> int:
            async with client.get("/readyz") as answer:
                return answer.status

        assert await ask() == 200
        with own_redis.client() as admin:
            admin.config_resetstat()
            assert set(await asyncio.gather(*(ask() for _ in range(50)))) == {200}
            assert "cmdstat_get" in admin.info("commandstats")
            assert "cmdstat_set" not in admin.info("commandstats")
        own_redis.kill()
        assert await ask() == 503


async def test_workers_that_pause_after_a_restore_are_a_warning(
    own_redis: RedisServer, tmp_path: Path
) -> None:
    async with client_on(own_redis, tmp_path) as client:
        with own_redis.client() as admin:
            admin.set(PAUSED, msgspec.json.encode(Pause(since=NOW, made_at=NOW)))
        async with client.get("/readyz") as answer:
            said = await answer.json()
    assert (answer.status, said) == (200, {"status": "ready", "warning": "workers-pause"})


async def test_a_redis_that_is_nearly_full_is_ready_with_a_warning(
    own_redis: RedisServer, tmp_path: Path
) -> None:
    async with client_on(own_redis, tmp_path) as client:
        with own_redis.client() as admin:
            admin.config_set("maxmemory", int(admin.info("memory")["used_memory"] * 1.1))
        async with client.get("/readyz") as answer:
            said = await answer.json()
    assert (answer.status, said) == (200, {"status": "ready", "warning": "storage-nearly-full"})
