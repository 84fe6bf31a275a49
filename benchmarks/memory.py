"""Memory that a link and a booking take in Redis with all their indexes.

The activity stream, which is trimmed, is not counted; the timers that a worker plans for each are.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec
import uvloop
from redis import Redis

from benchmarks.processes import running_redis, running_server
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = 20_000
CLIENTS = 64


class Memory(msgspec.Struct, frozen=True):
    """One figure, in bytes for each."""

    what: str
    bytes: int
    aim: int


def measure() -> list[Memory]:
    """What an active link, a personalised one and a booking add."""
    return uvloop.run(_measure())


async def _measure() -> list[Memory]:
    with running_redis() as redis_url, running_server(redis_url, works=True) as port:
        redis = Redis.from_url(redis_url)
        site = Site(redis_url, port)
        await site.prepare()
        creation = site.creation()
        link = await _added(redis, site, lambda: creation)
        personalised = await _added(redis, site, lambda: site.creation(person=True))
        codes = await site.links(NUMBER)
        booking = await _added(redis, site, lambda: site.booking(codes.pop()))
    return [
        Memory("link", link, 1000),
        Memory("personalised link", personalised, 1500),
        Memory("booking", booking, 2000),
    ]


async def _added(redis: Redis, site: Site, make: Callable[[], bytes]) -> int:
    before = _used(redis)
    calls = (make() for _ in range(NUMBER))
    taken = await site.connections.load(CLIENTS, lambda: next(calls, None))
    assert set(taken.statuses) == {201}, taken.statuses
    return round((_used(redis) - before) / NUMBER)


def _used(redis: Redis) -> int:
    """Bytes in use, once the outbox is empty and the activity gone."""
    for outbox in list(redis.scan_iter("ao:*:jobs", count=10_000)):
        while redis.xlen(outbox):
            time.sleep(0.1)
    for activity in list(redis.scan_iter("ao:*:activity", count=10_000)):
        redis.delete(activity)
    used: int = redis.info("memory")["used_memory"]
    return used
