"""A backup of a cluster: the snapshots of all primaries in one file, which one Redis can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.redis.coalescer import Command
from admitone.store.redis.connect import open_redis
from admitone.store.redis.opened import opened_redis
from admitone.store.store import open_store
from tests.store.redis.cluster.conftest import PARTITIONS
from tests.support.factories import SEALER
from tests.support.store.backups import back_up, restore

if TYPE_CHECKING:
    from pathlib import Path

    from admitone.store.store import Store
    from tests.support.cluster import RedisCluster
    from tests.support.redis_server import RedisServer

VALUES = {f"ao:{{p{number:02d}}}:0ABC:value": str(number) for number in range(PARTITIONS)}
"""They lie on all primaries."""


async def test_one_redis_takes_what_all_primaries_had(
    store: Store, cluster: RedisCluster, own_redis: RedisServer, tmp_path: Path
) -> None:
    await store.send(*(Command(("SET", key, text)) for key, text in VALUES.items()))
    sizes = [cluster.ask(node, "DBSIZE") for node in cluster.nodes]
    assert all(sizes)
    made = await back_up(cluster.url, tmp_path / "all.backup")
    assert made.primaries == 3

    await restore(tmp_path / "all.backup", own_redis.url, partitions=PARTITIONS)
    async with open_redis(own_redis.url) as client:
        assert await client.mget(list(VALUES)) == [text.encode() for text in VALUES.values()]
    async with (
        opened_redis(own_redis.url, accept=False, replicas=0) as redis,
        open_store(redis, SEALER, PARTITIONS) as there,
    ):
        assert there.partitions == PARTITIONS
