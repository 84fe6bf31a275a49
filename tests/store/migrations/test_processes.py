"""Every process says that it is alive, and ends if the data get another schema."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone import app
from admitone.config import Config
from admitone.store import processes
from admitone.store.keys import META, PROCESSES, process
from admitone.store.processes import said_plainly, staying_alive
from admitone.store.schema import SCHEMA, SchemaError
from tests.support.server_process import SECRET_KEY
from tests.support.worker.workers import until

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from admitone.store.store import Store


async def test_it_is_there_as_long_as_the_process_lives(redis: Redis, redis_url: str) -> None:
    config = Config({"ADMITONE_REDIS_URL": redis_url, "ADMITONE_SECRET_KEY": SECRET_KEY})
    async with app.opened_store(config):
        [name] = [member.decode() for member in await redis.smembers(PROCESSES)]  # type: ignore[union-attr]
        assert name.startswith(f"{SCHEMA}:")
        assert said_plainly(name).startswith("process ")
        assert 0 < await redis.ttl(process(name)) <= processes.LIFETIME
    assert await redis.keys() == [META.encode()]


async def test_it_is_said_again_and_again(
    store: Store, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "BEAT_EVERY", 0.01)
    async with staying_alive(store):
        [name] = [member.decode() for member in await redis.smembers(PROCESSES)]  # type: ignore[union-attr]
        await redis.delete(process(name), PROCESSES)

        async def is_back() -> bool:
            return bool(await redis.exists(process(name))) and bool(await redis.exists(PROCESSES))

        await until(is_back)


async def test_a_process_whose_data_were_migrated_is_told_to_end(
    store: Store, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was suspended for so long that a migration took it for dead."""
    monkeypatch.setattr(processes, "BEAT_EVERY", 0.01)
    told = asyncio.Event()
    async with staying_alive(store, told.set):
        await redis.hset(META, "schema", SCHEMA + 1)
        await told.wait()


async def test_a_migration_that_begins_while_it_starts_refuses_it(store: Store, redis: Redis) -> None:
    await redis.hset(META, "schema", SCHEMA + 1)
    with pytest.raises(SchemaError, match="migrated by a newer version"):
        async with staying_alive(store):
            pass
    assert not await redis.exists(PROCESSES)
