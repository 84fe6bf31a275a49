"""Jobs that a worker cannot do: they are tried again, put off, or parked with their cause."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.errors import Busy
from admitone.domain.jobs.job import JobDelayed, JobFailed, JobNotDue
from admitone.domain.jobs.job_retry import ATTEMPTS, ATTEMPTS_AT_DEFECTS, DEATHS, LONGEST_PAUSE
from admitone.store.outbox.parked import release
from tests.support.factories import HOUR, NOW, WORKSPACE
from tests.support.worker.workers import EMPTY, left, work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from tests.support.worker.workers import Workers


async def test_what_cannot_be_done_yet_is_tried_again_later_each_time_after_more(workers: Workers) -> None:
    async def act(job: Job) -> None:
        if job.attempt < 3:
            raise JobDelayed("Google is away.")

    [job] = await workers.put_some()
    worker = workers.worker(act=act)
    await work_off(worker)
    pauses = []
    while len(workers.did) < 4:
        due = await workers.due()
        pauses.append(due - workers.clock.now)
        workers.clock.now = due - 1
        await work_off(worker)
        assert len(workers.did) == len(pauses)
        workers.clock.now += 1
        await work_off(worker)
    assert [(one.id, one.attempt) for one in workers.did] == [(job.id, attempt) for attempt in range(4)]
    assert [2 <= pauses[0] <= 5, 5 <= pauses[1] <= 10, 10 <= pauses[2] <= 20] == [True] * 3
    assert await left(workers) == EMPTY


async def test_it_is_not_tried_again_before_the_time_that_was_asked_for(workers: Workers) -> None:
    async def act(job: Job) -> None:
        raise JobDelayed("Google is busy.", after=HOUR)

    await workers.put_some()
    await work_off(workers.worker(act=act))
    assert await workers.due() == NOW + HOUR


async def test_a_job_that_finds_itself_too_early_waits_without_counting_as_failed(workers: Workers) -> None:
    async def act(job: Job) -> None:
        if workers.clock.now < NOW + HOUR:
            raise JobNotDue(NOW + HOUR)

    await workers.put_some()
    worker = workers.worker(act=act)
    await work_off(worker)
    assert await left(workers) == EMPTY | {"delayed": 1}
    workers.clock.forward(hours=1)
    await work_off(worker)
    assert [job.attempt for job in workers.did] == [0, 0]
    assert await left(workers) == EMPTY


async def test_waiting_forgets_the_failures_before_it(workers: Workers) -> None:
    async def act(job: Job) -> None:
        if len(workers.did) == 1:
            raise JobDelayed("Google is busy.", after=60)
        if len(workers.did) == 2:
            raise JobNotDue(NOW + HOUR)

    await workers.put_some()
    worker = workers.worker(act=act)
    for _ in range(3):
        await work_off(worker)
        workers.clock.forward(hours=1)
    assert [job.attempt for job in workers.did] == [0, 1, 0]
    assert await left(workers) == EMPTY


@pytest.mark.parametrize(
    ("error", "attempts", "cause"),
    [
        (JobFailed("Nobody has this address."), 1, "Nobody has this address."),
        (JobDelayed("Google is away."), ATTEMPTS, "Google is away."),
        (Busy(), ATTEMPTS, Busy.sentence),
        (ZeroDivisionError(), ATTEMPTS_AT_DEFECTS, "Something in Admit One is wrong (ZeroDivisionError)"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_what_fails_for_good_is_parked_with_its_cause(
    workers: Workers, error: Exception, attempts: int, cause: str
) -> None:
    async def act(job: Job) -> None:
        raise error

    [job] = await workers.put_some()
    worker = workers.worker(act=act)
    await work_off(worker)
    while (await workers.rest())["delayed"]:
        workers.clock.forward(seconds=LONGEST_PAUSE)
        await work_off(worker)
    [parked] = await workers.parked()
    assert parked.cause.startswith(cause)
    assert (parked.id, parked.attempts, parked.at) == (job.id, attempts, workers.clock.now)
    assert len(workers.did) == attempts
    assert await left(workers) == EMPTY


async def test_a_parked_job_begins_anew_when_it_is_let_go(workers: Workers) -> None:
    async def act(job: Job) -> None:
        if len(workers.did) <= ATTEMPTS_AT_DEFECTS:
            raise ValueError

    [job] = await workers.put_some()
    worker = workers.worker(act=act)
    await work_off(worker)
    while not await workers.parked():
        workers.clock.forward(seconds=LONGEST_PAUSE)
        await work_off(worker)
    assert await release(workers.store, WORKSPACE, await workers.parked(), again=True) == 1
    await work_off(worker)
    assert workers.did[-1] == job
    assert await workers.parked() == []
    assert await left(workers) == EMPTY


async def test_a_job_that_no_worker_knows_is_kept_for_one_that_does(workers: Workers) -> None:
    [job] = await workers.put_some()
    await work_off(workers.worker("old", jobs={}))
    workers.clock.forward(minutes=1)
    await work_off(workers.worker("new"))
    assert [one.id for one in workers.did] == [job.id]


@pytest.mark.parametrize(
    "fields",
    [
        {"nothing": "known"},
        {"job": "{"},
        {"job": "nonsense"},
        {"job": "link.expire nowhere lx"},
        {"job": "link.expire 0ABC "},
        {"job": '{"id": 1}'},
        {"workspace": WORKSPACE},
        {"workspace": WORKSPACE, "event": "[]"},
        {"workspace": WORKSPACE, "event": '{"type": "unheard.of", "at": 1, "by": "system"}'},
        {"workspace": "nowhere", "event": '{"type": "link.created", "at": 1, "by": "system"}'},
        {"job": b"\xff"},
    ],
    ids=str,
)
async def test_what_cannot_be_read_is_parked_and_never_comes_back(
    workers: Workers, fields: dict[Any, Any]
) -> None:
    await workers.store.client.xadd(workers.store.keys(WORKSPACE).jobs, fields)
    worker = workers.worker()
    await work_off(worker)
    assert worker.counts["parked"] == 1
    assert await left(workers) == EMPTY
    assert len(await workers.parked()) == (fields.get("workspace") == WORKSPACE)
    assert int(await workers.store.client.hget("ao:{p12}:totals", "parked") or 0) in {0, 1}


async def test_what_was_begun_and_never_finished_too_often_is_parked(workers: Workers) -> None:
    await workers.put_some()

    async def act(job: Job) -> None:
        raise asyncio.CancelledError  # as if the worker were gone: nobody says what became of the job

    for number in range(DEATHS + 2):
        await workers.worker(f"worker-{number}", act=act, take_over_after=0).step()
        await asyncio.sleep(0.002)
    assert len(workers.did) == DEATHS
    [parked] = await workers.parked()
    assert parked.cause.startswith("Workers began this")
    assert await left(workers) == EMPTY
