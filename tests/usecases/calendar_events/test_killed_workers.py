"""Two workers, one of them killed again and again: each booking has one event, and each mail arrives once."""

from __future__ import annotations

import asyncio
import time
from base64 import urlsafe_b64decode
from collections import Counter
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest

from admitone.fakegoogle.demo import CLIENT
from admitone.google.scopes import COMPOSE
from tests.support.factories import DAY, HOUR
from tests.support.google.api_client import ADA
from tests.support.mail.workspace_with_mail import parsed, to
from tests.support.sizes import FULL, size
from tests.support.worker.processes import WorkerProcess

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

BOOKINGS = size(1000, 60)
KILLS = size(10_000, 4)
"""How often a worker is killed at most; at full size it is one each second, until all is done."""
SLOW = size(100, 500) / 1000
"""Seconds that many of Google's answers take, so that workers die while they wait for one."""
STEP = 5
"""Events that are written between two kills at least, so that it comes to an end on any machine."""
PATIENCE = 900
FAULTS = ["429", "500", "timeout", "work_done_answer_lost", "work_done_timeout"]


SUBJECTS = {"scheduled": "Confirmed:", "rescheduled": "Rescheduled:", "cancelled": "Cancelled:"}
"""How the mail begins that tells a customer of what their booking is in the end."""


@pytest.mark.soak
async def test_each_booking_has_exactly_one_event_and_each_mail_arrives_once(
    host: HostWithCalendar, redis_url: str, tmp_path: Path
) -> None:
    """A third is moved and a third cancelled meanwhile, and Google fails now and then."""
    await host.connect(also=[COMPOSE])
    workers = [_worker(tmp_path, redis_url, host.google.url) for _ in range(2)]
    await asyncio.gather(*(asyncio.to_thread(worker.start) for worker in workers))
    try:
        async with asyncio.timeout(PATIENCE):
            killing = asyncio.create_task(_kill(host, workers))
            bookings = await _customers(host)
            await asyncio.gather(killing, _until_done(host))
    finally:
        await asyncio.gather(*(asyncio.to_thread(worker.kill) for worker in workers))
    await host.check(*bookings)
    told = [(mail.event_id, mail.method, mail.start) for mail in host.google.state.data.invitations]
    assert len(told) == len(set(told)), "nobody is told the same twice"
    await _check_mails(host, bookings)


def _worker(folder: Path, redis_url: str, google_url: str) -> WorkerProcess:
    """A worker process that calls fakegoogle."""
    return WorkerProcess(
        folder,
        redis_url,
        PUBLIC_URL="http://127.0.0.1:8080",
        GOOGLE_ENDPOINT=google_url,
        GOOGLE_CLIENT_ID=CLIENT.client_id,
        GOOGLE_CLIENT_SECRET=CLIENT.client_secret,
        TAKE_OVER_SECONDS="2",
    )


async def _check_mails(host: HostWithCalendar, bookings: list[str]) -> None:
    """Each customer was told once of what became of their booking, and no mail went out twice."""
    sent = host.google.state.data.mailboxes[ADA].messages.values()
    mails = [parsed(urlsafe_b64decode(message.raw)) for message in sent]
    ids = Counter(mail["Message-ID"] for mail in mails)
    assert not [one for one, times in ids.items() if times > 1]
    told = Counter((to(mail), str(mail["Subject"]).partition(" ")[0]) for mail in mails)
    for number, one in enumerate(bookings):
        status = (await host.booking(one)).status
        assert told[_customer(number), SUBJECTS[status]] == 1, (number, status)


def _customer(number: int) -> str:
    return f"customer-{number}@customer.test"


async def _customers(host: HostWithCalendar) -> list[str]:
    """Book, and move and cancel what was booked a while ago."""
    start = int(time.time()) // HOUR * HOUR + 30 * DAY
    bookings: list[str] = []
    await host.google.fault("calendar.events.*", "slow", times=BOOKINGS, delay=SLOW)
    for number in range(BOOKINGS):
        booking = await host.book(start=start + number * HOUR, email=_customer(number))
        bookings.append(booking.id)
        if number % 10 == 0:
            kind = FAULTS[number // 10 % len(FAULTS)]
            await host.google.fault("calendar.events.*", kind, times=2, delay=0.05)
            await host.google.fault("gmail.users.drafts.*", kind, times=2, delay=0.05)
        if number % 3 == 1 and number > 5:
            await host.cancel(bookings[-4])
        if number % 3 == 2 and number > 5:
            await host.move(bookings[-4], start + (BOOKINGS + number) * HOUR)
    return bookings


async def _kill(host: HostWithCalendar, workers: list[WorkerProcess]) -> None:
    """Kill one worker after the other; the next one only when there is more work done than before."""
    for worker, _ in zip(cycle(workers), range(KILLS), strict=False):
        done = host.google.state.data.changes
        await asyncio.sleep(1 if FULL else 0)
        while host.google.state.data.changes < done + STEP:
            await asyncio.sleep(0.01)
            if not await _work_left(host):
                return
        await worker.restart()


async def _until_done(host: HostWithCalendar) -> None:
    while await _work_left(host):  # noqa: ASYNC110 - it is done by other processes
        await asyncio.sleep(0.05)


async def _work_left(host: HostWithCalendar) -> bool:
    """Whether there is anything in the outbox, or jobs that wait to be tried again."""
    for partition in range(host.store.partitions):
        prefix = f"ao:{{p{partition:02d}}}"
        delayed: Any = await host.store.client.zrange(f"{prefix}:delayed", 0, -1)
        if await host.store.client.xlen(f"{prefix}:jobs") or any(text.startswith(b"{") for text in delayed):
            return True
    return False
