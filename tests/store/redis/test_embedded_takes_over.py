"""The embedded server on data that another server, or another version, has written."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from redis.asyncio import Redis

from admitone.store.redis.embedded import embedded_redis
from admitone.store.redis.unusable import RedisUnusableError
from tests.support.redis_server import redis_of
from tests.support.store.actions import a_store, put_link
from tests.support.store.embedded_data import get, put, until
from tests.support.store.kept_data import read_keys
from tests.support.store.sealed_workspace import seal_one_of_each

if TYPE_CHECKING:
    from tests.support.store.kept_data import KeptKeys

OF_6_2 = Path(__file__).with_name("redis-6.2.aof")
"""An append-only file that Redis 6.2.14 wrote: every type, a snapshot first (BGREWRITEAOF), then commands."""
IN_6_2: KeptKeys = {
    "expiring": {"type": "string", "value": "yes", "expires": True},
    "forever": {"type": "string", "value": ""},
    "hash": {"type": "hash", "value": {"code": "a", "state": "cancelled"}},
    "list": {"type": "list", "value": ["a", "b", "c"]},
    "numbers": {"type": "set", "value": ["1", "2", "3"]},
    "sorted": {"type": "zset", "value": {"one": 1.5, "two": 2.0}},
    "stream": {
        "type": "stream",
        "value": {
            "entries": [
                ["1-1", {"kind": "created"}],
                ["2-1", {"kind": "booked"}],
                ["3-1", {"kind": "cancelled"}],
            ],
            "groups": ["workers"],
        },
    },
    "text": {"type": "string", "value": "booked"},
    "text2": {"type": "string", "value": "later"},
    "words": {"type": "set", "value": ["one", "two"]},
}


def stored(data: Path) -> dict[str, bytes]:
    """What a server would read at its start."""
    return {file.name: file.read_bytes() for file in data.rglob("appendonly*") if file.is_file()}


async def rewrite(url: str) -> None:
    """Have the server write a snapshot of its own kind, and wait for it."""
    async with Redis.from_url(url) as client:
        await client.bgrewriteaof()

        async def done() -> bool:
            facts = await client.info("persistence")
            return not facts["aof_rewrite_in_progress"] and not facts["aof_rewrite_scheduled"]

        await until(done)


async def test_valkey_takes_over_what_redis_7_wrote(tmp_path: Path) -> None:
    async with embedded_redis(tmp_path, redis_of("redis")) as url, a_store(url) as store:
        await seal_one_of_each(store)
        await rewrite(url)
        await put_link(store)
        before = await read_keys(store.client)
    assert (tmp_path / "appendonlydir").exists()

    for _ in range(2):  # the second time it has Valkey's own snapshot
        async with embedded_redis(tmp_path, redis_of("valkey")) as url, Redis.from_url(url) as client:
            assert await read_keys(client) == before
            await rewrite(url)


@pytest.mark.parametrize("line", ["valkey", "redis"])
async def test_newer_servers_take_over_what_redis_6_2_wrote(tmp_path: Path, line: str) -> None:
    shutil.copy(OF_6_2, tmp_path / "appendonly.aof")
    for _ in range(2):
        async with embedded_redis(tmp_path, redis_of(line)) as url, Redis.from_url(url) as client:
            assert await read_keys(client) == IN_6_2
            await rewrite(url)


async def test_redis_refuses_what_valkey_wrote_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    async with embedded_redis(tmp_path, redis_of("valkey")) as url:
        await put(url, "link", "booked")
    before = stored(tmp_path)

    with pytest.raises(RedisUnusableError) as refusal:
        async with embedded_redis(tmp_path, redis_of("redis")):
            pass
    told = r"is unchanged; Valkey 9\.\S+ wrote its oldest part.*ADMITONE_REDIS_SERVER"
    assert re.search(told, str(refusal.value))
    assert stored(tmp_path) == before
    async with embedded_redis(tmp_path, redis_of("valkey")) as url:
        assert await get(url, "link") == b"booked"


async def test_valkey_refuses_what_a_newer_redis_wrote_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    async with embedded_redis(tmp_path, redis_of("redis")) as url:
        await put(url, "link", "booked")
    (snapshot,) = tmp_path.rglob("*.base.rdb")
    await asyncio.to_thread(as_of_redis_8, snapshot)
    before = stored(tmp_path)

    with pytest.raises(RedisUnusableError, match=r"Redis 8\.0\.\d+ wrote.*ADMITONE_REDIS_SERVER"):
        async with embedded_redis(tmp_path, redis_of("valkey")):
            pass
    assert stored(tmp_path) == before


def as_of_redis_8(snapshot: Path) -> None:
    """Give a snapshot the format number and the version that Redis 8.0 writes."""
    text = re.sub(rb"^REDIS\d{4}", b"REDIS0012", snapshot.read_bytes())
    snapshot.write_bytes(re.sub(rb"(redis-ver.)7\.0", rb"\g<1>8.0", text, count=1, flags=re.DOTALL))


async def test_redis_6_2_would_start_empty_and_is_refused(tmp_path: Path) -> None:
    async with embedded_redis(tmp_path / "data", redis_of("redis")) as url:
        await put(url, "link", "booked")
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=6.2.14 sha=00000000:0 malloc=libc bits=64'\n")
    old.chmod(0o755)

    with pytest.raises(RedisUnusableError, match=r"it would start empty.*ADMITONE_REDIS_SERVER"):
        async with embedded_redis(tmp_path / "data", old):
            pass
