"""Redis is killed and started again under load: what was acknowledged is there, and nothing is half done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.codes import Code
from tests.support.factories import NOW, a_booking, a_link
from tests.support.fakegoogle.running import until
from tests.support.invariants import check_invariants
from tests.support.sizes import size
from tests.support.store.actions import a_store, read, try_book, try_create

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer

CLIENTS = 8
KILLS = size(20, 2)
BETWEEN = 0.15
"""Seconds for which Redis runs once bookings are made, and then for which it is down, at least."""
DONE = {Code.OK, Code.APPLIED}


@pytest.mark.soak
async def test_every_acknowledged_booking_outlives_redis(own_redis: RedisServer) -> None:
    acknowledged: list[Booking] = []
    async with a_store(own_redis.url) as store:
        clients = [asyncio.create_task(_book_on_and_on(store, who, acknowledged)) for who in range(CLIENTS)]
        for _ in range(KILLS):
            await _one_more(acknowledged)
            await asyncio.sleep(BETWEEN)
            own_redis.kill()
            await asyncio.sleep(BETWEEN)
            await asyncio.to_thread(own_redis.start)
        for client in clients:
            client.cancel()
        ends = await asyncio.gather(*clients, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError) for end in ends), ends
        for booking in acknowledged:
            snapshot = await read(store, booking=booking.id, link=booking.link)
            assert snapshot.booking
            assert snapshot.booking.start == booking.start
            assert snapshot.link
            assert snapshot.link.booked == booking.id
        assert await check_invariants(store.client) == []


async def _one_more(acknowledged: list[Booking]) -> None:
    before = len(acknowledged)
    await until(lambda: len(acknowledged) > before)


async def _book_on_and_on(store: Store, who: int, acknowledged: list[Booking]) -> None:
    """Create links and book them, one after the other, each client with a host of its own."""
    start = NOW
    while True:
        start += 3600
        link = a_link()
        booking = a_booking(link=link.id, start=start, users=[f"user-{who}"])
        try:
            assert (await try_create(store, link)).code in DONE
            assert (await try_book(store, booking)).code in DONE
        except (Busy, OutcomeUnknown):
            continue
        acknowledged.append(booking)
