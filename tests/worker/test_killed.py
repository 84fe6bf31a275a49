"""Workers are killed at every step of a job, and whoever is to be told of an event is told all the same.

The endpoint of a webhook counts: every message comes, and one that comes again has the same id.
"""

from __future__ import annotations

import asyncio
import time
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from admitone.store.codes import Code
from admitone.store.outbox.outbox import Outbox
from admitone.store.records.links import create_links
from tests.support.factories import (
    HOUR,
    NOW,
    TODAY,
    a_booking,
    a_link,
    an_event,
)
from tests.support.invariants import check_invariants
from tests.support.sizes import size
from tests.support.store.actions import a_store, put_links, read, try_book
from tests.support.webhooks.receiver import receiving
from tests.support.webhooks.records import put_webhook
from tests.support.worker.processes import worker_processes
from tests.support.worker.workers import Workers, only_timers_left, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from admitone.domain.links.link import Link
    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer
    from tests.support.webhooks.receiver import Receiver
    from tests.support.worker.processes import WorkerProcess

BOOKINGS = size(1000)
FAR = 400_000_000
"""Seconds from the fixed NOW of the tests: what is booked then has not ended, whatever the real time."""


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """The endpoint that counts."""
    async with receiving() as one:
        yield one


@pytest.fixture
async def store(own_redis: RedisServer) -> AsyncIterator[Store]:
    """A store on a Redis of the test's own."""
    async with a_store(own_redis.url) as store:
        yield store


async def make_link(store: Store) -> Link:
    """A link of this moment by the real time, which the workers go by: they tell of it for 72 hours."""
    link = a_link(expires_at=None)
    made = an_event("link.created", link=link.id, at=int(time.time()))
    answer = await create_links(
        await read(store), [link], [made], created=NOW * 10**6, day=TODAY, operation=None, kept=None
    )
    assert answer.code is Code.OK
    return link


async def test_a_worker_dies_before_the_call(
    store: Store, own_redis: RedisServer, receiver: Receiver, tmp_path: Path
) -> None:
    await put_webhook(store, receiver, "link.created")
    link = await make_link(store)
    assert len(await Outbox(store, "dead").read(0)) == 2
    with worker_processes(1, tmp_path, own_redis.url) as [worker]:
        await asyncio.to_thread(worker.start)
        await until(lambda: _told(receiver, 1))
        await until(lambda: only_timers_left(store))
        assert await asyncio.to_thread(worker.stop) == 0
    assert [one.message["data"]["link"] for one in receiver.received] == [link.id]
    assert (await Workers(store).rest())["consumers"] <= 1


async def test_a_worker_dies_after_the_call_and_before_it_says_so(
    store: Store, own_redis: RedisServer, receiver: Receiver, tmp_path: Path
) -> None:
    await put_webhook(store, receiver, "link.created")
    await make_link(store)
    with worker_processes(2, tmp_path, own_redis.url) as [first, second]:
        started = asyncio.Event()

        async def kill_once_started() -> None:
            await started.wait()
            await asyncio.to_thread(first.kill)

        receiver.before_answer = kill_once_started
        await asyncio.to_thread(first.start)
        started.set()
        await until(lambda: _told(receiver, 1))
        receiver.before_answer = None
        await asyncio.to_thread(second.start)
        await until(lambda: _told(receiver, 2))
        await until(lambda: only_timers_left(store))
    assert len({one.id for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1


async def test_a_worker_dies_between_an_attempt_and_the_next(
    store: Store, own_redis: RedisServer, receiver: Receiver, tmp_path: Path
) -> None:
    await put_webhook(store, receiver, "link.created")
    await make_link(store)
    receiver.answers = [500]
    with worker_processes(2, tmp_path, own_redis.url) as [first, second]:
        await asyncio.to_thread(first.start)
        await until(lambda: _told(receiver, 1))
        await asyncio.to_thread(first.kill)
        await asyncio.to_thread(second.start)
        await until(lambda: _told(receiver, 2))
        await until(lambda: only_timers_left(store))
    assert len({one.id for one in receiver.received}) == 1


@pytest.mark.soak
async def test_every_booking_is_told_while_workers_are_killed(
    store: Store, own_redis: RedisServer, receiver: Receiver, tmp_path: Path
) -> None:
    await put_webhook(store, receiver, "booking.scheduled")
    with worker_processes(2, tmp_path, own_redis.url) as workers:
        for worker in workers:
            await asyncio.to_thread(worker.start)
        all_told = asyncio.Event()
        killing = asyncio.create_task(_kill_until(all_told, workers, receiver))
        booked = set()
        for number in range(BOOKINGS):
            link = a_link(expires_at=None)
            await put_links(store, link)
            booking = a_booking(link=link.id, start=NOW + FAR + number * HOUR)
            await try_book(store, booking)
            booked.add(booking.id)
        await until(lambda: _told_of(receiver, booked))
        all_told.set()
        await killing  # not cancelled: a thread that ends a worker would go on beside the next one
        for worker in workers:
            await worker.restart()
        await until(lambda: only_timers_left(store))
    ids: dict[str, set[str]] = {}
    for one in receiver.received:
        ids.setdefault(one.message["data"]["booking"]["id"], set()).add(one.id)
    assert ids.keys() == booked
    assert all(len(messages) == 1 for messages in ids.values())
    assert await check_invariants(store.client) == []


async def _kill_until(all_told: asyncio.Event, workers: list[WorkerProcess], receiver: Receiver) -> None:
    """Kill one worker after the other, each once more is told than before: what kills all is parked."""
    for worker in cycle(workers):
        told = len(receiver.received)
        await asyncio.sleep(1)
        while len(receiver.received) == told and not all_told.is_set():  # noqa: ASYNC110 - others tell it
            await asyncio.sleep(0.02)
        if all_told.is_set():
            return
        await worker.restart()


async def _told(receiver: Receiver, count: int) -> bool:
    return len(receiver.received) >= count


async def _told_of(receiver: Receiver, bookings: set[str]) -> bool:
    return bookings <= {one.message["data"]["booking"]["id"] for one in receiver.received}
