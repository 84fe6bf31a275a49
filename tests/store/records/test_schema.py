"""A database says whose it is: nothing starts on data of another version or layout, or of other keys."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.sealing import Kept, Sealer
from admitone.store.keys import META
from admitone.store.redis.connect import open_redis
from admitone.store.schema import SCHEMA, SchemaError
from admitone.store.store import open_store
from tests.support.factories import SEALER
from tests.support.store.actions import PARTITIONS, a_store
from tests.support.store.dumps import dump

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer

OTHER = Sealer({"test": bytes(32)})
LATER = Sealer({"new": bytes(32), "test": bytes(range(32))})


async def open_with(url: str, sealer: Sealer = SEALER, partitions: int = PARTITIONS) -> None:
    async with open_redis(url) as client, open_store(client, sealer, partitions):
        pass


async def test_the_first_start_stamps_and_later_ones_change_nothing(
    redis: Redis, redis_server: RedisServer
) -> None:
    await asyncio.gather(*(open_with(redis_server.url) for _ in range(5)))
    stamp: dict[bytes, bytes] = await redis.hgetall(META)  # type: ignore[assignment]
    assert (stamp[b"schema"], stamp[b"partitions"]) == (b"%d" % SCHEMA, b"%d" % PARTITIONS)
    assert SEALER.open(Kept.PROOF, META, stamp[b"proof"].decode()) == b""
    await open_with(redis_server.url)
    await open_with(redis_server.url, LATER)
    assert await redis.hgetall(META) == stamp


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("schema", "99", f"has schema 99; this version of Admit One knows {SCHEMA}"),
        ("partitions", "32", "spread over 32 partitions, and ADMITONE_PARTITIONS is 16"),
        ("proof", OTHER.seal(Kept.PROOF, META, b""), "key test, which is not in ADMITONE_SECRET_KEY"),
        ("proof", Sealer({"k2": bytes(32)}).seal(Kept.PROOF, META, b""), "secret key k2, "),
        ("proof", SEALER.seal(Kept.PROOF, "elsewhere", b""), "secret key test, "),
    ],
    ids=["schema", "partitions", "key", "id of a key", "place"],  # what is sealed is another text each time
)
async def test_what_is_anothers_is_refused_and_stays(
    redis_url: str, redis_server: RedisServer, field: str, value: str, told: str
) -> None:
    await open_with(redis_url)
    with redis_server.client() as client:
        client.hset(META, field, value)
        before = dump(client)
        with pytest.raises(SchemaError, match=told):
            await open_with(redis_url)
        assert dump(client) == before


async def test_data_of_before_there_was_a_proof_get_one(redis: Redis, redis_url: str) -> None:
    await open_with(redis_url)
    await redis.hdel(META, "proof")
    with pytest.raises(SchemaError, match="ADMITONE_PARTITIONS"):
        await open_with(redis_url, partitions=8)
    assert not await redis.hexists(META, "proof")
    await open_with(redis_url)
    with pytest.raises(SchemaError, match="docs/secrets"):
        await open_with(redis_url, OTHER)


async def test_a_store_that_is_open_goes_on_with_its_keys(redis_url: str) -> None:
    """While servers are restarted one after the other, some know the new key and some do not."""
    async with a_store(redis_url) as store:
        await open_with(redis_url, LATER)
        assert await store.readiness.why_not() is None
