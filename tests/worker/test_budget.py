"""Three worker processes, one of which is killed: one address gets ten mails, and the others wait."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from admitone.mail.message import Message
from admitone.store.records.mail.mails import read_kept_mails
from tests.support.factories import (
    HOUR,
    NOW,
    WORKSPACE,
    a_booking_page,
    a_manage_token,
    a_user,
    an_event_type,
    some_settings,
)
from tests.support.store.actions import a_store, a_write, put_booking, put_records
from tests.support.worker.processes import worker_processes
from tests.support.worker.workers import only_timers_left, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.redis_server import RedisServer

BOOKINGS = 50
FAR = NOW + 400_000_000
"""What is booked then has not ended, whatever the real time."""


async def test_processes_together_mail_one_address_ten_times(own_redis: RedisServer, tmp_path: Path) -> None:
    async with a_store(own_redis.url) as store:
        await put_records(
            store,
            a_write("settings", some_settings()),
            a_write("user", a_user()),
            a_write("event_type", an_event_type()),
            a_write("booking_page", a_booking_page()),
        )
        for place in range(BOOKINGS):
            await put_booking(store, token=a_manage_token(), start=FAR + place * HOUR)
        with worker_processes(3, tmp_path, own_redis.url) as workers:
            await asyncio.gather(*(asyncio.to_thread(worker.start) for worker in workers))
            await workers[0].restart()
            await until(lambda: only_timers_left(store))
        kept = [
            msgspec.json.decode(text, type=Message) for _, text in await read_kept_mails(store, WORKSPACE)
        ]
        assert Counter(mail.to.address for mail in kept)["carla@customer.test"] == 10
        assert await store.client.zcard(store.keys(WORKSPACE).held_mails) == BOOKINGS - 10
