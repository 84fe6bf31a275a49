"""Memory that a link and a booking take in Redis, and what of it ends by itself.

All figures are differences of INFO's `used_memory`, divided by the number of links or bookings.
"""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

import msgspec
import uvloop
from redis import Redis

from benchmarks.processes import running_redis, running_server
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = 20_000
ANSWERS_NUMBER = 2_000
CLIENTS = 64
ACTIVITY = "ao:*:activity"
TIMERS = "ao:*:delayed"
MAILS = "ao:*:mails:sent:*"
KEPT_MAILS = "ao:*:mails:kept"
"""The last mails of a workspace that can send none, as here: a list that is trimmed. No figure counts it."""
ANSWERS = "ao:*:operation:*"


class Memory(msgspec.Struct, frozen=True):
    """Bytes for each of one kind.

    `bytes` counts the record with its history and all indexes, and contains `timers` and `mails` (what is
    remembered so that no mail goes out twice). `activity`, an entry of the stream that is trimmed, and
    `answer`, which is kept for a day where a call has an Idempotency-Key, come on top.
    """

    what: str
    bytes: int
    aim: int
    timers: int
    mails: int
    activity: int
    answer: int


def measure() -> list[Memory]:
    """What an active link, a personalised one and bookings add."""
    return uvloop.run(_measure())


async def _measure() -> list[Memory]:
    with running_redis() as running, running_server(running.address, works=True) as server:
        redis = Redis.from_url(running.address)
        site = Site(running.address, server.port)
        await site.prepare()
        link = await _memory(redis, site, "link", 750, site.creation)
        person = await _memory(redis, site, "personalised link", 1200, lambda: site.creation(person=True))
        codes = await site.links(NUMBER + ANSWERS_NUMBER)
        booking = await _memory(redis, site, "booking", 1700, lambda: site.booking(codes.pop(), person=False))
        others = await site.links(NUMBER + ANSWERS_NUMBER)
        other = await _memory(redis, site, "booking by another", 2000, lambda: site.booking(others.pop()))
    return [link, person, booking, other]


async def _memory(redis: Redis, site: Site, what: str, aim: int, make: Callable[[], bytes]) -> Memory:
    for pattern in (ACTIVITY, KEPT_MAILS, TIMERS, MAILS):
        _freed(redis, pattern)
    before = _used(redis)
    await _send(site, NUMBER, make)
    activity = _freed(redis, ACTIVITY)
    _freed(redis, KEPT_MAILS)
    added = _used(redis) - before
    timers, mails = _freed(redis, TIMERS), _freed(redis, MAILS)
    await _send(site, ANSWERS_NUMBER, lambda: _once(make()))
    return Memory(
        what=what,
        bytes=round(added / NUMBER),
        aim=aim,
        timers=round(timers / NUMBER),
        mails=round(mails / NUMBER),
        activity=round(activity / NUMBER),
        answer=round(_freed(redis, ANSWERS) / ANSWERS_NUMBER),
    )


async def _send(site: Site, number: int, make: Callable[[], bytes]) -> None:
    calls = (make() for _ in range(number))
    taken = await site.connections.load(CLIENTS, lambda: next(calls, None))
    assert set(taken.statuses) == {201}, taken.statuses


def _once(call: bytes) -> bytes:
    """The call with an Idempotency-Key of its own."""
    line, rest = call.split(b"\r\n", 1)
    return b"%s\r\nIdempotency-Key: %s\r\n%s" % (line, uuid.uuid4().hex.encode(), rest)


def _freed(redis: Redis, pattern: str) -> int:
    """Delete the keys that match, and return how many bytes that frees."""
    before = _used(redis)
    for key in list(redis.scan_iter(pattern, count=10_000)):
        redis.delete(key)
    return before - _used(redis)


def _used(redis: Redis) -> int:
    """Bytes in use, once the outbox is empty and what was deleted is freed, which Valkey does afterwards."""
    for outbox in list(redis.scan_iter("ao:*:jobs", count=10_000)):
        while redis.xlen(outbox):
            time.sleep(0.1)
    while redis.info("memory")["lazyfree_pending_objects"]:
        time.sleep(0.01)
    used: int = redis.info("memory")["used_memory"]
    return used
