"""Which Redis is refused at the start."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from redis.exceptions import RedisError
from structlog.testing import capture_logs

from admitone.store.redis.connect import open_redis
from admitone.store.redis.durability import check_durable, wrong_server
from admitone.store.redis.embedded import embedded_redis
from admitone.store.redis.unusable import RedisUnusableError
from tests.support.patience import PATIENCE
from tests.support.ports import free_port
from tests.support.redis_server import redis_of, running_redis
from tests.support.store.sentinel import running_sentinel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer


@pytest.fixture
async def client(own_redis: RedisServer) -> AsyncIterator[Redis]:
    """A Redis of the test's own, whose settings it may change."""
    async with open_redis(own_redis.url) as client:
        yield client


async def test_the_embedded_redis_is_accepted(tmp_path: Path, redis_line: str) -> None:
    async with (
        embedded_redis(tmp_path / "data", redis_of(redis_line)) as url,
        open_redis(url) as client,
    ):
        server = await check_durable(client)
    assert server.version.startswith({"valkey": "9.", "redis": "7."}[redis_line])
    assert server.replicas == 0


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("appendonly", "no"),
        ("appendfsync", "everysec"),
        ("appendfsync", "no"),
        ("no-appendfsync-on-rewrite", "yes"),
        ("maxmemory-policy", "allkeys-lru"),
        ("maxmemory-policy", "volatile-ttl"),
    ],
)
async def test_a_setting_that_loses_data_is_refused_unless_accepted(
    client: Redis, setting: str, value: str
) -> None:
    await client.config_set(setting, value)
    with pytest.raises(RedisUnusableError) as refusal:
        await check_durable(client)
    assert f"`{setting}` is `{value}`" in str(refusal.value)
    assert "ADMITONE_REDIS_ACCEPT_DATA_LOSS=yes" in str(refusal.value)

    with capture_logs() as logs:
        await check_durable(client, accept=True)
    (warning,) = logs
    assert warning["event"] == "redis-may-lose-data"
    assert setting in warning["faults"][0]


async def test_all_that_is_wrong_is_said_at_once(client: Redis) -> None:
    await client.config_set("appendonly", "no")
    await client.config_set("maxmemory-policy", "allkeys-lfu")
    with pytest.raises(RedisUnusableError, match=r"`appendonly`.*`maxmemory-policy`"):
        await check_durable(client)


@pytest.mark.parametrize(
    ("appendonly", "seen"), [("yes", "could not be seen"), ("no", "`appendonly` is `no`")]
)
async def test_where_config_is_forbidden_it_says_what_it_could_not_see(
    client: Redis, own_redis: RedisServer, appendonly: str, seen: str
) -> None:
    await client.config_set("appendonly", appendonly)
    await client.acl_setuser(
        "admitone", enabled=True, passwords=["+pw"], keys=["*"], categories=["+@all"], commands=["-config"]
    )
    async with open_redis(f"{own_redis.url}?username=admitone&password=pw") as limited:
        with pytest.raises(RedisUnusableError) as refusal:
            await check_durable(limited)
        await check_durable(limited, accept=True)
    assert seen in str(refusal.value)
    assert "`appendfsync` could not be seen" in str(refusal.value)
    assert "maxmemory-policy" not in str(refusal.value)


async def test_replicas_are_counted_and_a_replica_is_refused(redis_line: str) -> None:
    port = free_port()
    with running_redis(redis_line, port=str(port)) as one, running_redis(redis_line) as two:
        async with open_redis(one.url) as primary, open_redis(two.url) as replica:
            await replica.replicaof("127.0.0.1", str(port))
            with pytest.raises(RedisUnusableError, match="a replica answers there"):
                await check_durable(replica, accept=True)
            async with asyncio.timeout(PATIENCE):
                while (await check_durable(primary)).replicas == 0:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)


async def test_a_node_of_a_cluster_is_refused(redis_line: str) -> None:
    with running_redis(redis_line, cluster_enabled="yes") as node:
        async with open_redis(node.url) as client:
            with pytest.raises(RedisUnusableError, match=r"write redis\+cluster://"):
                await check_durable(client, accept=True)


async def test_a_redis_that_does_not_run_is_refused(own_redis: RedisServer) -> None:
    own_redis.kill()
    async with open_redis(own_redis.url) as client:
        with pytest.raises(RedisUnusableError, match="Check the address"):
            await check_durable(client, accept=True)


async def test_a_wrong_password_is_refused(own_redis: RedisServer) -> None:
    async with open_redis(f"{own_redis.url}?username=nobody&password=hush") as client:
        with pytest.raises(RedisUnusableError, match="invalid username-password") as refusal:
            await check_durable(client)
    assert "hush" not in str(refusal.value)
    assert isinstance(refusal.value.__cause__, RedisError)


@pytest.mark.parametrize("version", ["2.8.0", "5.0.14", "6.0.16", "6.1.240", "unstable"])
def test_a_redis_older_than_6_2_is_refused(version: str) -> None:
    assert "needs Redis 6.2 or newer" in str(wrong_server({"redis_version": version}))


@pytest.mark.parametrize(
    "facts",
    [
        {"redis_version": "6.2.0"},
        {"redis_version": "7.2.4", "valkey_version": "8.1.0", "server_name": "valkey"},
        {"redis_version": "10.0.1", "redis_mode": "standalone", "role": "master"},
    ],
)
def test_newer_ones_and_valkey_are_accepted(facts: dict[str, str]) -> None:
    assert wrong_server(facts) is None


async def test_a_sentinel_is_refused(redis_line: str, tmp_path: Path) -> None:
    with running_sentinel(tmp_path, redis_line, free_port()) as port:
        async with open_redis(f"redis://:watch@127.0.0.1:{port}") as client:
            with pytest.raises(RedisUnusableError, match=r"redis\+sentinel://"):
                await check_durable(client, accept=True)


async def test_missing_replicas_are_refused_where_they_are_asked_for(client: Redis) -> None:
    with pytest.raises(RedisUnusableError, match="asks for 1 replicas of Redis, and 0 are connected"):
        await check_durable(client, replicas=1)
