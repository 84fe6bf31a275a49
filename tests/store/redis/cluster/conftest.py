"""A cluster of three primaries for the tests here; each test leaves its slots where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.redis.opened import opened_redis
from admitone.store.store import open_store
from tests.support.cluster import running_cluster
from tests.support.factories import SEALER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from admitone.store.store import Store
    from tests.support.cluster import RedisCluster

PARTITIONS = 64


@pytest.fixture(scope="package")
def shared_cluster(redis_line: str) -> Iterator[RedisCluster]:
    """A cluster that the tests of this folder share."""
    with running_cluster(redis_line) as cluster:
        yield cluster


@pytest.fixture
def cluster(shared_cluster: RedisCluster) -> RedisCluster:
    """The same, empty."""
    for node in shared_cluster.nodes:
        shared_cluster.ask(node, "FLUSHALL")
    return shared_cluster


@pytest.fixture
async def store(cluster: RedisCluster) -> AsyncIterator[Store]:
    """A store on the cluster."""
    async with (
        opened_redis(cluster.url, accept=False, replicas=0) as redis,
        open_store(redis, SEALER, PARTITIONS) as opened,
    ):
        yield opened
