"""The Redis or the cluster of ADMITONE_REDIS_URL, once it is known to keep what it acknowledges."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from admitone.store.redis.cluster.address import cluster_address, is_cluster
from admitone.store.redis.cluster.router import Cluster
from admitone.store.redis.connect import open_redis
from admitone.store.redis.durability import check_durable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis


@asynccontextmanager
async def opened_redis(url: str, *, accept: bool, replicas: int) -> AsyncIterator[Redis | Cluster]:
    """The Redis at an address; `accept` and `replicas` as in `check_durable`, which it must pass.

    Of a cluster, each primary must pass when it is reached first: at the start, or after a failover.

    Raises RedisUnusableError.
    """
    check = partial(check_durable, accept=accept, replicas=replicas, is_cluster=is_cluster(url))
    if is_cluster(url):
        yield Cluster(cluster_address(url), check)
        return
    async with open_redis(url) as client:
        await check(client)
        yield client
