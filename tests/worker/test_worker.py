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
from tests.support.worker.working import until, work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.store.outbox.outbox import Entry
    from tests.support.worker.working import House

EMPTY = {"entries": 0, "delayed": 0, "held": 0}


async def left(house: House) -> dict[str, int]:
    return {name: count for name, count in (await house.rest()).items() if name != "consumers"}


async def test_a_job_is_done_once_and_nothing_is_left_of_it(house: House) -> None:
    jobs = await house.put_some(3)
    await work_off(house.worker())
    assert sorted(house.did, key=lambda job: job.id) == sorted(jobs, key=lambda job: job.id)
    assert await left(house) == EMPTY


async def test_jobs_of_all_workspaces_are_done_whatever_their_partition(house: House) -> None:
    workspaces = [f"0AB{letter}" for letter in "0123456789ABCDEFGHJKMNPQ"]
    for workspace in workspaces:
        await house.put(a_job("try", workspace=workspace), workspace=workspace)
    await work_off(house.worker())
    assert sorted(job.workspace for job in house.did) == workspaces
    assert await left(house) == EMPTY


async def test_two_workers_share_the_jobs_and_do_none_twice(house: House) -> None:
    jobs = await house.put_some(40)
    await work_off(house.worker("one"), house.worker("two"))
    assert sorted(job.id for job in house.did) == sorted(job.id for job in jobs)


async def test_an_event_becomes_its_jobs_and_timers_at_once(house: House) -> None:
    link = await put_link(house.store)
    worker = house.worker()
    await work_off(worker)
    assert await left(house) == EMPTY | {"delayed": 1}
    delayed = await house.store.client.zrange(house.store.keys(WORKSPACE).delayed, 0, -1)
    assert delayed == [f"link.expire {WORKSPACE} l{link.id}".encode()]
    assert await house.due() == link.expires_at
    assert worker.counts["planned"] == 1


async def test_what_waits_for_somebody_slow_holds_up_no_other(house: House) -> None:
    slow = asyncio.Event()

    async def act(job: Job) -> None:
        if job.detail == "slow":
            await slow.wait()

    worker = house.worker(act=act, concurrency=2)
    await house.put(a_job("try", detail="slow"))
    await house.put_some(5)
    done: list[bool] = []
    while len(house.did) < 6:
        done.append(await worker.step())
    slow.set()
    await work_off(worker)
    assert await left(house) == EMPTY


async def test_what_follows_from_a_job_that_ends_during_a_read_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Outbox.read

    async def answers_late(outbox: Outbox, block: float) -> list[Entry]:
        entries = await read(outbox, block)
        if not entries and len(house.did) == 1:
            goes_on.set()
            await until(has_ended)
        return entries

    async def act(job: Job) -> None:
        if job.detail == "first":
            await goes_on.wait()
            await house.put(a_job("try", detail="second"))

    async def has_ended() -> bool:
        return worker.counts["done"] == 1

    goes_on = asyncio.Event()
    monkeypatch.setattr(Outbox, "read", answers_late)
    await house.put(a_job("try", detail="first"))
    worker = house.worker(act=act)
    await work_off(worker)
    assert [job.detail for job in house.did] == ["first", "second"]


async def test_no_more_jobs_run_at_once_than_there_may(house: House) -> None:
    running, most = set(), 0

    async def act(job: Job) -> None:
        nonlocal most
        running.add(job.id)
        most = max(most, len(running))
        await asyncio.sleep(0)
        running.remove(job.id)

    await house.put_some(20)
    await work_off(house.worker(act=act, concurrency=3))
    assert len(house.did) == 20
    assert most <= 3


async def test_what_cannot_be_done_yet_is_tried_again_later_each_time_after_more(house: House) -> None:
    async def act(job: Job) -> None:
        if job.attempt < 3:
            raise JobDelayed("Google is away.")

    [job] = await house.put_some()
    worker = house.worker(act=act)
    await work_off(worker)
    pauses = []
    while len(house.did) < 4:
        due = await house.due()
        pauses.append(due - house.clock.now)
        house.clock.now = due - 1
        await work_off(worker)
        assert len(house.did) == len(pauses)
        house.clock.now += 1
        await work_off(worker)
    assert [(one.id, one.attempt) for one in house.did] == [(job.id, attempt) for attempt in range(4)]
    assert [2 <= pauses[0] <= 5, 5 <= pauses[1] <= 10, 10 <= pauses[2] <= 20] == [True] * 3
    assert await left(house) == EMPTY


async def test_it_is_not_tried_again_before_the_time_that_was_asked_for(house: House) -> None:
    async def act(job: Job) -> None:
        raise JobDelayed("Google is busy.", after=HOUR)

    await house.put_some()
    await work_off(house.worker(act=act))
    assert await house.due() == NOW + HOUR


async def test_a_job_that_finds_itself_too_early_waits_without_counting_as_failed(house: House) -> None:
    async def act(job: Job) -> None:
        if house.clock.now < NOW + HOUR:
            raise JobNotDue(NOW + HOUR)

    await house.put_some()
    worker = house.worker(act=act)
    await work_off(worker)
    assert await left(house) == EMPTY | {"delayed": 1}
    house.clock.forward(hours=1)
    await work_off(worker)
    assert [job.attempt for job in house.did] == [0, 0]
    assert await left(house) == EMPTY


async def test_waiting_forgets_the_failures_before_it(house: House) -> None:
    async def act(job: Job) -> None:
        if len(house.did) == 1:
            raise JobDelayed("Google is busy.", after=60)
        if len(house.did) == 2:
            raise JobNotDue(NOW + HOUR)

    await house.put_some()
    worker = house.worker(act=act)
    for _ in range(3):
        await work_off(worker)
        house.clock.forward(hours=1)
    assert [job.attempt for job in house.did] == [0, 1, 0]
    assert await left(house) == EMPTY


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
    house: House, error: Exception, attempts: int, cause: str
) -> None:
    async def act(job: Job) -> None:
        raise error

    [job] = await house.put_some()
    worker = house.worker(act=act)
    await work_off(worker)
    while (await house.rest())["delayed"]:
        house.clock.forward(seconds=LONGEST_PAUSE)
        await work_off(worker)
    [parked] = await house.parked()
    assert parked.cause.startswith(cause)
    assert (parked.id, parked.attempts, parked.at) == (job.id, attempts, house.clock.now)
    assert len(house.did) == attempts
    assert await left(house) == EMPTY


async def test_a_parked_job_begins_anew_when_it_is_let_go(house: House) -> None:
    async def act(job: Job) -> None:
        if len(house.did) <= ATTEMPTS_AT_DEFECTS:
            raise ValueError

    [job] = await house.put_some()
    worker = house.worker(act=act)
    await work_off(worker)
    while not await house.parked():
        house.clock.forward(seconds=LONGEST_PAUSE)
        await work_off(worker)
    assert await release(house.store, WORKSPACE, await house.parked(), again=True) == 1
    await work_off(worker)
    assert house.did[-1] == job
    assert await house.parked() == []
    assert await left(house) == EMPTY


async def test_a_job_that_no_worker_knows_is_kept_for_one_that_does(house: House) -> None:
    [job] = await house.put_some()
    await work_off(house.worker("old", jobs={}))
    house.clock.forward(minutes=1)
    await work_off(house.worker("new"))
    assert [one.id for one in house.did] == [job.id]


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
    house: House, fields: dict[Any, Any]
) -> None:
    await house.store.client.xadd(house.store.keys(WORKSPACE).jobs, fields)
    worker = house.worker()
    await work_off(worker)
    assert worker.counts["parked"] == 1
    assert await left(house) == EMPTY
    assert len(await house.parked()) == (fields.get("workspace") == WORKSPACE)
    assert int(await house.store.client.hget("ao:{p12}:totals", "parked") or 0) in {0, 1}


async def test_what_was_begun_and_never_finished_too_often_is_parked(house: House) -> None:
    await house.put_some()

    async def act(job: Job) -> None:
        raise asyncio.CancelledError  # as if the worker were gone: nobody says what became of the job

    for number in range(DEATHS + 2):
        await house.worker(f"worker-{number}", act=act, take_over_after=0).step()
        await asyncio.sleep(0.002)
    assert len(house.did) == DEATHS
    [parked] = await house.parked()
    assert parked.cause.startswith("Workers began this")
    assert await left(house) == EMPTY


async def test_a_worker_that_is_silent_loses_what_it_holds_to_another(house: House) -> None:
    async def hang(job: Job) -> None:
        await asyncio.sleep(3600)

    await house.put_some(3)
    silent = house.worker("silent", act=hang)
    while len(house.did) < 3:
        await asyncio.wait({asyncio.create_task(silent.step())}, timeout=0.05)
    house.did.clear()
    heir = house.worker("heir", take_over_after=0.1)

    async def all_done() -> bool:
        await work_off(heir)
        return len(house.did) == 3

    await until(all_done)
    assert heir.counts["taken_over"] == 3
    assert await left(house) == EMPTY
    await silent.close(grace=0)


async def test_a_worker_says_that_it_works_on_what_takes_long(house: House) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait(job: Job) -> None:
        begun.set()
        await ended.wait()

    await house.put_some()
    working = asyncio.create_task(work_off(house.worker(act=wait, take_over_after=0.3)))
    await begun.wait()
    silences: list[int] = [0]

    async def spoke() -> bool:
        stream = house.store.keys(WORKSPACE).jobs
        [held] = await house.store.client.xpending_range(stream, "workers", "-", "+", 1)
        silences.append(cast("Any", held)["time_since_delivered"])
        return silences[-1] < silences[-2]

    await until(spoke)
    ended.set()
    await working
    assert await left(house) == EMPTY


async def test_a_worker_that_leaves_hands_back_what_it_has_not_begun(house: House) -> None:
    async def hang(job: Job) -> None:
        await asyncio.sleep(3600)

    await house.put_some(6)
    leaver = house.worker("leaver", act=hang, concurrency=2)
    step = asyncio.create_task(leaver.step())

    async def both_began() -> bool:
        return len(house.did) == 2

    await until(both_began)
    step.cancel()
    await leaver.close(grace=0)
    house.did.clear()
    await work_off(house.worker("heir"))
    assert len(house.did) == 6
    assert await left(house) == EMPTY


async def test_a_worker_that_leaves_finishes_what_it_has_begun(house: House) -> None:
    begun = asyncio.Event()

    async def act(job: Job) -> None:
        begun.set()
        await asyncio.sleep(0.05)

    await house.put_some()
    leaver = house.worker("leaver", act=act)
    step = asyncio.create_task(leaver.step())
    await begun.wait()
    step.cancel()
    await leaver.close()
    assert await house.rest() == EMPTY | {"consumers": 0}


async def test_dead_workers_are_forgotten(house: House) -> None:
    for number in range(5):
        await house.put_some()
        await work_off(house.worker(f"worker-{number}"))
    assert (await house.rest())["consumers"] == 5

    async def forgotten() -> bool:
        await house.worker("last", take_over_after=0.001).step()
        return (await house.rest())["consumers"] == 0

    await until(forgotten)


async def test_it_goes_on_when_the_data_were_replaced_under_it(house: House) -> None:
    worker = house.worker()
    await house.put_some()
    await work_off(worker)
    await house.store.client.flushdb()
    await house.put_some()
    with pytest.raises(Busy):
        await worker.step()
    await work_off(worker)
    assert len(house.did) == 2


async def test_jobs_without_an_entry_are_put_in_whole(house: House) -> None:
    job = a_job("try")
    await put_in(house.store, WORKSPACE, [msgspec.json.encode(job).decode()], [("try 0ABC lx", NOW + 1)])
    worker = house.worker()
    await work_off(worker)
    house.clock.forward(seconds=1)
    await work_off(worker)
    assert [one.event.type for one in house.did] == ["link.created", "timer.due"]
    assert house.did[1].event.link == "x"
