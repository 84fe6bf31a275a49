"""A client of each primary, for what concerns whole servers: nothing is checked, and nothing is changed."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from admitone.store.keys import META
from admitone.store.redis.cluster.address import cluster_address, is_cluster
from admitone.store.redis.cluster.discovery import read_map
from admitone.store.redis.cluster.slots import slot_of
from admitone.store.redis.connect import open_redis
from admitone.store.redis.unusable import RedisUnusableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis


@asynccontextmanager
async def primaries_at(url: str) -> AsyncIterator[list[Redis]]:
    """The one Redis at an address, or the primaries of a cluster, first the one that has the stamp.

    Raises RedisUnusableError if no node of a cluster answers.
    """
    if not is_cluster(url):
        async with open_redis(url) as client:
            yield [client]
        return
    address = cluster_address(url)
    found, _ = await read_map(address, list(address.seeds))
    if found is None:
        raise RedisUnusableError(
            "The cluster of ADMITONE_REDIS_URL cannot be used: none of its nodes answers."
        )
    stamped = [place for first, last, place in found.ranges if first <= slot_of(META) <= last]
    async with AsyncExitStack() as opened:
        places = dict.fromkeys((*stamped, *found.primaries))
        yield [await opened.enter_async_context(address.open(place)) for place in places]
