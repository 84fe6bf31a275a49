"""Memory that a link and a booking take in Redis, and what of it ends by itself.

All figures are differences of INFO's `used_memory`, divided by the number of links or bookings. A worker
sends both mails of each booking to a mail server that forgets them.
"""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING

import msgspec
import uvloop
from redis.asyncio import Redis

from benchmarks.mail_sink import mail_sink
from benchmarks.processes import running_redis, running_server, running_workers
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = 20_000
ANSWERS_NUMBER = 2_000
CLIENTS = 64
ACTIVITY = "ao:*:activity"
TIMERS = "ao:*:delayed"
MAILS = "ao:*:mails:sent:*"
BUDGETS = "ao:*:mails:to:*"
ANSWERS = "ao:*:operation:*"


class Memory(msgspec.Struct, frozen=True):
    """Bytes for each of one kind.

    `bytes` counts the record with its history, all indexes and counters, and contains `timers` and `mails`
    (what is remembered so that no mail goes out twice). These come on top: `activity`, an entry of the stream
    that is trimmed; `budgets`, for two days the mails that a recipient got; and `answer`, which is kept for a
    day where a call has an Idempotency-Key.
    """

    what: str
    bytes: int
    aim: int
    timers: int
    mails: int
    activity: int
    budgets: int
    answer: int


def measure() -> list[Memory]:
    """What an active link, a personalised one and bookings add."""
    return uvloop.run(_measure())


async def _measure() -> list[Memory]:
    async with mail_sink() as sink:
        mail = {"ADMITONE_SMTP_URL": f"smtp://127.0.0.1:{sink.port}", "ADMITONE_MAIL_FROM": "ao@mail.test"}
        with (
            running_redis() as running,
            running_server(running.address) as server,
            running_workers(running.address, 1, mail),
        ):
            async with Redis.from_url(running.address) as redis:
                return await _rows(redis, Site(running.address, server.port))


async def _rows(redis: Redis, site: Site) -> list[Memory]:
    await site.prepare()
    link = await _memory(redis, site, "link", 750, site.creation)
    person = await _memory(redis, site, "personalised link", 1200, lambda: site.creation(person=True))
    codes = await site.links(NUMBER + ANSWERS_NUMBER)
    booking = await _memory(redis, site, "booking", 1700, lambda: site.booking(codes.pop(), person=False))
    others = await site.links(NUMBER + ANSWERS_NUMBER)
    other = await _memory(redis, site, "booking by another", 2000, lambda: site.booking(others.pop()))
    return [link, person, booking, other]


async def _memory(redis: Redis, site: Site, what: str, aim: int, make: Callable[[], bytes]) -> Memory:
    for pattern in (ACTIVITY, TIMERS, MAILS, BUDGETS):
        await _freed(redis, pattern)
    before = await _used(redis)
    await _send(site, NUMBER, make)
    activity, budgets = await _freed(redis, ACTIVITY), await _freed(redis, BUDGETS)
    added = await _used(redis) - before
    timers, mails = await _freed(redis, TIMERS), await _freed(redis, MAILS)
    await _send(site, ANSWERS_NUMBER, lambda: _once(make()))
    return Memory(
        what=what,
        bytes=round(added / NUMBER),
        aim=aim,
        timers=round(timers / NUMBER),
        mails=round(mails / NUMBER),
        activity=round(activity / NUMBER),
        budgets=round(budgets / NUMBER),
        answer=round(await _freed(redis, ANSWERS) / ANSWERS_NUMBER),
    )


async def _send(site: Site, number: int, make: Callable[[], bytes]) -> None:
    calls = (make() for _ in range(number))
    taken = await site.connections.load(CLIENTS, lambda: next(calls, None))
    assert set(taken.statuses) == {201}, taken.statuses


def _once(call: bytes) -> bytes:
    """The call with an Idempotency-Key of its own."""
    line, rest = call.split(b"\r\n", 1)
    return b"%s\r\nIdempotency-Key: %s\r\n%s" % (line, uuid.uuid4().hex.encode(), rest)


async def _freed(redis: Redis, pattern: str) -> int:
    """Delete the keys that match, and return how many bytes that frees."""
    before = await _used(redis)
    for key in [key async for key in redis.scan_iter(pattern, count=10_000)]:
        await redis.delete(key)
    return before - await _used(redis)


async def _used(redis: Redis) -> int:
    """Bytes in use, once the outbox is empty and what was deleted is freed, which Valkey does afterwards."""
    outboxes = [key async for key in redis.scan_iter("ao:*:jobs", count=10_000)]
    while any([await redis.xlen(outbox) for outbox in outboxes]):  # noqa: ASYNC110 - a worker ends it
        await asyncio.sleep(0.1)
    while (await redis.info("memory"))["lazyfree_pending_objects"]:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    used: int = (await redis.info("memory"))["used_memory"]
    return used
