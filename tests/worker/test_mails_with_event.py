"""Mails of an event are sent in the attempt at the event; only what must be tried again becomes an entry."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.jobs.job import JobDelayed, JobFailed
from admitone.domain.webhooks.webhook import Webhook, Webhooks
from admitone.store.outbox.parked import release
from admitone.store.records.configuration.configuration import RecordWrite
from tests.support.factories import NOW, WORKSPACE
from tests.support.store.actions import put_booking, put_records
from tests.support.worker.workers import left, until, work_off

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services
    from admitone.worker.worker import Worker
    from tests.support.worker.workers import Workers

TIMER = {"entries": 0, "delayed": 1, "held": 0}
"""What is left when all is done: the timer that completes the booking."""


class Mails:
    """The jobs of both mails; `did` lists each call, `act` is called in it."""

    def __init__(self) -> None:
        self.did: list[Job] = []
        self.act: Callable[[Job], Awaitable[None]] = nothing

    def worker(
        self,
        workers: Workers,
        name: str = "worker",
        take_over_after: float = 30,
        also: Mapping[str, Any] = {},
    ) -> Worker:
        """A worker that knows these jobs and those in `also`."""
        known = dict.fromkeys(("mail.customer", "mail.hosts"), self._handle)
        return workers.worker(name, jobs={**known, **also}, take_over_after=take_over_after)

    async def _handle(self, _: Services, job: Job) -> None:
        self.did.append(job)
        await self.act(job)


async def nothing(_: Job) -> None:
    """Do the job at once."""


@pytest.fixture
async def mails(workers: Workers) -> Mails:
    """A booking was made, of which nobody was told yet."""
    await put_booking(workers.store)
    return Mails()


async def _entries_so_far(workers: Workers) -> bytes:
    about: Any = await workers.store.client.xinfo_stream(workers.store.keys(WORKSPACE).jobs)
    last: bytes = about["last-generated-id"]
    return last


async def test_they_need_no_entries_of_their_own(workers: Workers, mails: Mails) -> None:
    before = await _entries_so_far(workers)
    worker = mails.worker(workers)
    await work_off(worker)
    assert sorted(job.name for job in mails.did) == ["mail.customer", "mail.hosts"]
    assert await _entries_so_far(workers) == before
    assert await left(workers) == TIMER
    assert (worker.counts["planned"], worker.counts["done"]) == (1, 2)


async def test_one_that_must_wait_is_tried_again_and_the_other_is_not(workers: Workers, mails: Mails) -> None:
    async def act(job: Job) -> None:
        if job.name == "mail.customer" and not job.attempt:
            raise JobDelayed("The mail server is away.")

    mails.act = act
    worker = mails.worker(workers)
    await work_off(worker)
    assert await left(workers) == TIMER | {"delayed": 2}
    totals = await workers.store.client.hgetall("ao:{p12}:totals")
    assert totals == {b"retried": b"1"}
    workers.clock.forward(seconds=5)
    await work_off(worker)
    first, again = (job for job in mails.did if job.name == "mail.customer")
    assert (again.id, again.attempt, again.event) == (first.id, 1, first.event)
    assert len(mails.did) == 3
    assert await left(workers) == TIMER


async def test_one_that_fails_for_good_is_parked_by_itself(workers: Workers, mails: Mails) -> None:
    async def act(job: Job) -> None:
        if job.name == "mail.hosts" and len(mails.did) <= 2:
            raise JobFailed("Nobody has this address.")

    mails.act = act
    worker = mails.worker(workers)
    await work_off(worker)
    [parked] = await workers.parked()
    assert (parked.cause, parked.attempts, parked.at) == ("Nobody has this address.", 1, NOW)
    assert await left(workers) == TIMER
    assert (worker.counts["parked"], worker.counts["done"]) == (1, 1)
    assert await release(workers.store, WORKSPACE, [parked], again=True) == 1
    await work_off(worker)
    assert [job.name for job in mails.did[2:]] == ["mail.hosts"]
    assert mails.did[-1].id == parked.id
    assert await left(workers) == TIMER


async def test_other_jobs_do_not_wait_for_a_slow_mail_server(workers: Workers) -> None:
    hook = Webhook(
        id="hook", endpoint="https://hook.test", events=["booking.scheduled"], secret="-", created_at=NOW
    )
    record = Webhooks(items=[hook])
    await put_records(
        workers.store, RecordWrite(kind="webhooks", id="-", version=0, record=record, created_at=NOW)
    )
    await put_booking(workers.store)
    mails, told = Mails(), asyncio.Event()

    async def deliver(_: Services, __: Job) -> None:
        told.set()

    async def act(_: Job) -> None:
        await told.wait()

    mails.act = act
    await work_off(mails.worker(workers, also={"webhook.deliver": deliver}))
    assert len(mails.did) == 2
    assert await left(workers) == TIMER


async def test_a_worker_that_dies_leaves_them_to_another_with_the_same_ids(
    workers: Workers, mails: Mails
) -> None:
    async def die(job: Job) -> None:
        raise asyncio.CancelledError  # nobody says what became of the entry

    mails.act = die
    first = mails.worker(workers, "first")
    await first.step()
    await first.step()
    ids = {job.id for job in mails.did}
    mails.act, mails.did = nothing, []

    async def taken_over() -> bool:
        await work_off(heir)
        return len(mails.did) >= 2

    heir = mails.worker(workers, "heir", take_over_after=0)
    await until(taken_over)
    assert {job.id for job in mails.did} == ids
    assert len(ids) == 2
    assert await left(workers) == TIMER
