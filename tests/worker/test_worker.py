"""The worker: each job is done once, whether one or several workers run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.errors import Busy
from admitone.store.outbox.outbox import Outbox, put_in
from tests.support.factories import NOW, WORKSPACE, a_job
from tests.support.store.actions import put_link
from tests.support.worker.workers import EMPTY, left, until, work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.store.outbox.outbox import Entry
    from tests.support.worker.workers import Workers


async def test_a_job_is_done_once_and_nothing_is_left_of_it(workers: Workers) -> None:
    jobs = await workers.put_some(3)
    await work_off(workers.worker())
    assert sorted(workers.did, key=lambda job: job.id) == sorted(jobs, key=lambda job: job.id)
    assert await left(workers) == EMPTY


async def test_jobs_of_all_workspaces_are_done_whatever_their_partition(workers: Workers) -> None:
    workspaces = [f"0AB{letter}" for letter in "0123456789ABCDEFGHJKMNPQ"]
    for workspace in workspaces:
        await workers.put(a_job("try", workspace=workspace), workspace=workspace)
    await work_off(workers.worker())
    assert sorted(job.workspace for job in workers.did) == workspaces
    assert await left(workers) == EMPTY


async def test_two_workers_share_the_jobs_and_do_none_twice(workers: Workers) -> None:
    jobs = await workers.put_some(40)
    await work_off(workers.worker("one"), workers.worker("two"))
    assert sorted(job.id for job in workers.did) == sorted(job.id for job in jobs)


async def test_an_event_becomes_its_jobs_and_timers_at_once(workers: Workers) -> None:
    link = await put_link(workers.store)
    worker = workers.worker()
    await work_off(worker)
    assert await left(workers) == EMPTY | {"delayed": 1}
    delayed = await workers.store.client.zrange(workers.store.keys(WORKSPACE).delayed, 0, -1)
    assert delayed == [f"link.expire {WORKSPACE} rlinks".encode()]
    assert await workers.due() == link.expires_at
    assert worker.counts["planned"] == 1


async def test_what_waits_for_somebody_slow_holds_up_no_other(workers: Workers) -> None:
    slow = asyncio.Event()

    async def act(job: Job) -> None:
        if job.detail == "slow":
            await slow.wait()

    worker = workers.worker(act=act, concurrency=2)
    await workers.put(a_job("try", detail="slow"))
    await workers.put_some(5)
    done: list[bool] = []
    while len(workers.did) < 6:
        done.append(await worker.step())
    slow.set()
    await work_off(worker)
    assert await left(workers) == EMPTY


async def test_what_follows_from_a_job_that_ends_during_a_read_is_noticed(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Outbox.read

    async def answers_late(outbox: Outbox, block: float, most: int) -> list[Entry]:
        entries = await read(outbox, block, most)
        if not entries and len(workers.did) == 1:
            goes_on.set()
            await until(has_ended)
        return entries

    async def act(job: Job) -> None:
        if job.detail == "first":
            await goes_on.wait()
            await workers.put(a_job("try", detail="second"))

    async def has_ended() -> bool:
        return worker.counts["done"] == 1

    goes_on = asyncio.Event()
    monkeypatch.setattr(Outbox, "read", answers_late)
    await workers.put(a_job("try", detail="first"))
    worker = workers.worker(act=act)
    await work_off(worker)
    assert [job.detail for job in workers.did] == ["first", "second"]


async def test_no_more_jobs_run_at_once_than_there_may(workers: Workers) -> None:
    running, most = set(), 0

    async def act(job: Job) -> None:
        nonlocal most
        running.add(job.id)
        most = max(most, len(running))
        await asyncio.sleep(0)
        running.remove(job.id)

    await workers.put_some(20)
    await work_off(workers.worker(act=act, concurrency=3))
    assert len(workers.did) == 20
    assert most <= 3


async def test_a_worker_takes_no_more_of_a_burst_than_it_can_begin(workers: Workers) -> None:
    slow = asyncio.Event()

    async def act(_: Job) -> None:
        await slow.wait()

    await workers.put_some(10)
    working = [asyncio.create_task(work_off(workers.worker(name, act=act, concurrency=3))) for name in "ab"]

    async def all_are_busy() -> bool:
        return len(workers.did) == 6

    await until(all_are_busy)
    assert await left(workers) == EMPTY | {"entries": 10, "held": 6}
    slow.set()
    await asyncio.gather(*working)
    assert len(workers.did) == 10


async def test_it_goes_on_when_the_data_were_replaced_under_it(workers: Workers) -> None:
    worker = workers.worker()
    await workers.put_some()
    await work_off(worker)
    await workers.store.client.flushdb()
    await workers.put_some()
    with pytest.raises(Busy):
        await worker.step()
    await work_off(worker)
    assert len(workers.did) == 2


async def test_jobs_without_an_entry_are_put_in_whole(workers: Workers) -> None:
    job = a_job("try")
    await put_in(workers.store, WORKSPACE, [msgspec.json.encode(job).decode()], [("try 0ABC lx", NOW + 1)])
    worker = workers.worker()
    await work_off(worker)
    workers.clock.forward(seconds=1)
    await work_off(worker)
    assert [one.event.type for one in workers.did] == ["link.created", "timer.due"]
    assert workers.did[1].event.link == "x"
