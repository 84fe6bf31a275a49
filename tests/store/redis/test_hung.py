"""A Redis that hangs, or that takes no writes for a while, keeps nobody waiting beyond their time."""

from __future__ import annotations

import asyncio
import signal
from contextlib import asynccontextmanager, contextmanager
from time import get_clock_info
from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.redis import usage
from admitone.store.redis.coalescer import Command
from admitone.store.redis.usage import begin_usage, current_usage
from tests.support.store.actions import a_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from redis.asyncio import Redis

    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer

SHORTLY = 0.05
GET, INCR = Command(("GET", "n")), Command(("INCR", "n"))


@pytest.fixture
async def own_store(own_redis: RedisServer) -> AsyncIterator[Store]:
    """A store on a Redis that the test may stop."""
    async with a_store(own_redis.url) as store:
        await store.send(GET)
        yield store


@contextmanager
def hung(redis: RedisServer) -> Iterator[None]:
    """Stop the process of Redis; its connections stay open."""
    assert redis.process
    redis.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        redis.process.send_signal(signal.SIGCONT)


@asynccontextmanager
async def paused_writes(redis: Redis) -> AsyncIterator[None]:
    """Have Redis carry nothing out that writes."""
    await redis.execute_command("CLIENT", "PAUSE", "600000", "WRITE")  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await redis.execute_command("CLIENT", "UNPAUSE")  # type: ignore[no-untyped-call]


async def test_a_caller_is_told_in_time_and_the_next_one_is_served(
    own_store: Store, own_redis: RedisServer
) -> None:
    with hung(own_redis):
        with pytest.raises(Busy):
            await own_store.send(GET, within=SHORTLY)
        with pytest.raises(OutcomeUnknown):
            await own_store.send(INCR, within=SHORTLY)
    assert await own_store.send(INCR) == [2]


async def test_a_write_of_which_its_caller_was_told_that_it_is_busy_is_not_made(store: Store) -> None:
    async with paused_writes(store.client):
        sent = asyncio.create_task(store.send(INCR))
        while not (await store.client.info("clients"))["blocked_clients"]:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.001)
        with pytest.raises(Busy):
            await store.send(INCR, within=SHORTLY)
    assert await sent == [1]
    assert await store.send(INCR) == [2]


async def test_the_calls_of_one_request_share_its_time(
    own_store: Store, own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "REQUEST_WITHIN", SHORTLY)
    begin_usage()
    with hung(own_redis), pytest.raises(Busy):
        await own_store.send(GET)
    used = current_usage()
    assert used
    assert used.left < get_clock_info("monotonic").resolution  # timers ring up to one tick early
    with hung(own_redis), pytest.raises(Busy):
        await own_store.send(GET)


async def test_reads_do_not_wait_for_writes(store: Store) -> None:
    async with paused_writes(store.client):
        write = asyncio.create_task(store.send(INCR))
        assert await store.send(GET) == [None]
        assert not write.done()
    assert await write == [1]
