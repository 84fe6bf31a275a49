"""A migration waits until no process of an earlier version uses the data, and says for which one."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from redis.asyncio import Redis as Client
from structlog.testing import capture_logs

from admitone.store.keys import MIGRATION_LOCK, PROCESSES, process
from admitone.store.migrations import waiting
from admitone.store.redis.connect import open_redis
from admitone.store.schema import SCHEMA, SchemaError
from admitone.store.store import open_store
from tests.support.factories import SEALER
from tests.support.store.actions import PARTITIONS
from tests.support.store.earlier_data import (
    SOME_RECORDS,
    open_once,
    put_earlier,
    shorten_pauses,
    stored_schema,
)
from tests.support.store.kept_data import read_keys
from tests.support.worker.workers import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer

OLD = "1:web-1:42:abcd"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for long."""
    shorten_pauses(monkeypatch)


@asynccontextmanager
async def waits(redis: Redis, redis_url: str) -> AsyncIterator[list[str]]:
    """A store that starts on data of schema 1 and waits; at the end of the context it must go on."""
    before = plain(await read_keys(redis))
    with capture_logs() as lines:
        start = asyncio.create_task(open_once(redis_url))

        async def has_said_so() -> bool:
            assert not start.done(), start.exception()
            return any(line["event"] == "migration-waits" for line in lines)

        await until(has_said_so)
        assert plain(await read_keys(redis)) == before
        assert await stored_schema(redis) == (b"1", None)
        yield next(line["until_ended"] for line in lines if line["event"] == "migration-waits")
    await start
    assert await stored_schema(redis) == (b"%d" % SCHEMA, None)


def plain(keys: Any) -> Any:
    """Stored data without the lock."""
    return {key: kept for key, kept in keys.items() if key != MIGRATION_LOCK}


@asynccontextmanager
async def connected(redis: Redis, name: str, database: int = 0) -> AsyncIterator[None]:
    """A connection with a name, as another process has one."""
    path = redis.connection_pool.connection_kwargs["path"]
    client = Client(unix_socket_path=path, client_name=name, db=database)
    await client.ping()
    yield
    await client.aclose()


async def test_a_process_that_says_that_it_is_alive_delays_it(redis: Redis, redis_url: str) -> None:
    await put_earlier(redis, SOME_RECORDS[0])
    await redis.sadd(PROCESSES, OLD)
    await redis.set(process(OLD), "1")
    async with waits(redis, redis_url) as until_ended:
        assert until_ended == ["process 42 on web-1"]
        await redis.delete(process(OLD))
    assert await redis.smembers(PROCESSES) == set()


async def test_a_server_without_signs_of_life_is_seen_by_its_connection(redis: Redis, redis_url: str) -> None:
    await put_earlier(redis, SOME_RECORDS[0])
    async with connected(redis, "admitone"), waits(redis, redis_url) as until_ended:
        [one] = until_ended
        assert one.startswith("a connection from ")
        for client in await redis.client_list():
            if client["name"] == "admitone":
                await redis.client_kill_filter(_id=client["id"])


@pytest.mark.parametrize(("name", "database"), [(f"admitone-{SCHEMA}", 0), ("other", 0), ("admitone", 3)])
async def test_other_connections_do_not_delay_it(
    redis: Redis, redis_url: str, name: str, database: int
) -> None:
    await put_earlier(redis, SOME_RECORDS[0])
    async with connected(redis, name, database):
        await open_once(redis_url)
    assert await stored_schema(redis) == (b"%d" % SCHEMA, None)


async def test_it_gives_up_after_a_while_and_names_what_is_in_the_way(
    redis: Redis, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", -1)
    await put_earlier(redis, SOME_RECORDS[0])
    await redis.sadd(PROCESSES, OLD)
    await redis.set(process(OLD), "1")
    with pytest.raises(SchemaError, match="still use the data in Redis: process 42 on web-1"):
        await open_once(redis_url)
    assert await stored_schema(redis) == (b"1", None)


async def test_a_server_that_is_told_to_stop_gives_up_waiting(redis: Redis, redis_url: str) -> None:
    await put_earlier(redis, SOME_RECORDS[0])
    stop = asyncio.Event()
    async with connected(redis, "admitone"), open_redis(redis_url) as client:
        stop.set()
        with pytest.raises(SchemaError, match="Stopped before the data were up to date"):
            async with open_store(client, SEALER, PARTITIONS, stop=stop):
                pass
    assert await stored_schema(redis) == (b"1", None)


async def test_where_connections_cannot_be_seen_it_goes_on_after_a_while(
    own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "LIFETIME", 0.05)
    async with open_redis(own_redis.url) as client:
        await put_earlier(client, SOME_RECORDS[0])
        commands = ["-client", "+client|setname"]
        await client.acl_setuser(
            "limited", enabled=True, passwords=["+pw"], keys=["*"], categories=["+@all"], commands=commands
        )
        url = f"{own_redis.url}?username=limited&password=pw"
        with capture_logs() as lines:
            async with open_redis(url) as limited, open_store(limited, SEALER, PARTITIONS):
                assert await stored_schema(client) == (b"%d" % SCHEMA, None)
    warnings = {line["event"] for line in lines if line["log_level"] == "warning"}
    assert warnings == {"migration-waits", "migration-cannot-see-older-processes"}
