"""The worker: what it does with a job, and what becomes of one that cannot be done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest

from admitone.domain.errors import Busy
from admitone.domain.jobs.job import JobDelayed, JobFailed, JobNotDue
from admitone.domain.jobs.job_retry import ATTEMPTS, ATTEMPTS_AT_DEFECTS, DEATHS, LONGEST_PAUSE
from admitone.store.outbox.outbox import Outbox, put_in
from admitone.store.outbox.parked import release
from tests.support.factories import HOUR, NOW, WORKSPACE, a_job
from tests.support.store.doing import put_link
from tests.support.worker.workers import until, work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.store.outbox.outbox import Entry
    from tests.support.worker.workers import Workers

EMPTY = {"entries": 0, "delayed": 0, "held": 0}


async def left(workers: Workers) -> dict[str, int]:
    return {name: count for name, count in (await workers.rest()).items() if name != "consumers"}


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
    assert delayed == [f"link.expire {WORKSPACE} l{link.id}".encode()]
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

    async def answers_late(outbox: Outbox, block: float) -> list[Entry]:
        entries = await read(outbox, block)
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


async def test_a_worker_that_is_silent_loses_what_it_holds_to_another(workers: Workers) -> None:
    async def hang(job: Job) -> None:
        await asyncio.sleep(3600)

    await workers.put_some(3)
    silent = workers.worker("silent", act=hang)
    while len(workers.did) < 3:
        await asyncio.wait({asyncio.create_task(silent.step())}, timeout=0.05)
    workers.did.clear()
    heir = workers.worker("heir", take_over_after=0.1)

    async def all_done() -> bool:
        await work_off(heir)
        return len(workers.did) == 3

    await until(all_done)
    assert heir.counts["taken_over"] == 3
    assert await left(workers) == EMPTY
    await silent.close(grace=0)


async def test_a_worker_says_that_it_works_on_what_takes_long(workers: Workers) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait(job: Job) -> None:
        begun.set()
        await ended.wait()

    await workers.put_some()
    working = asyncio.create_task(work_off(workers.worker(act=wait, take_over_after=0.3)))
    await begun.wait()
    silences: list[int] = [0]

    async def spoke() -> bool:
        stream = workers.store.keys(WORKSPACE).jobs
        [held] = await workers.store.client.xpending_range(stream, "workers", "-", "+", 1)
        silences.append(cast("Any", held)["time_since_delivered"])
        return silences[-1] < silences[-2]

    await until(spoke)
    ended.set()
    await working
    assert await left(workers) == EMPTY


async def test_a_worker_that_leaves_hands_back_what_it_has_not_begun(workers: Workers) -> None:
    async def hang(job: Job) -> None:
        await asyncio.sleep(3600)

    await workers.put_some(6)
    leaver = workers.worker("leaver", act=hang, concurrency=2)
    step = asyncio.create_task(leaver.step())

    async def both_began() -> bool:
        return len(workers.did) == 2

    await until(both_began)
    step.cancel()
    await leaver.close(grace=0)
    workers.did.clear()
    await work_off(workers.worker("heir"))
    assert len(workers.did) == 6
    assert await left(workers) == EMPTY


async def test_a_worker_that_leaves_finishes_what_it_has_begun(workers: Workers) -> None:
    begun = asyncio.Event()

    async def act(job: Job) -> None:
        begun.set()
        await asyncio.sleep(0.05)

    await workers.put_some()
    leaver = workers.worker("leaver", act=act)
    step = asyncio.create_task(leaver.step())
    await begun.wait()
    step.cancel()
    await leaver.close()
    assert await workers.rest() == EMPTY | {"consumers": 0}


async def test_dead_workers_are_forgotten(workers: Workers) -> None:
    for number in range(5):
        await workers.put_some()
        await work_off(workers.worker(f"worker-{number}"))
    assert (await workers.rest())["consumers"] == 5

    async def forgotten() -> bool:
        await workers.worker("last", take_over_after=0.001).step()
        return (await workers.rest())["consumers"] == 0

    await until(forgotten)


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
