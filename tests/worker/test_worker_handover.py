"""Workers that are silent, leave or die: what they held is done by another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from tests.support.factories import WORKSPACE
from tests.support.worker.workers import EMPTY, left, until, work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from tests.support.worker.workers import Workers


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
    names = {f"worker-{number}" for number in range(5)}
    for name in names:
        await workers.put_some()
        await work_off(workers.worker(name))
    assert await workers.known() == names
    last = workers.worker("last", take_over_after=0.001)

    async def forgotten() -> bool:
        await last.step()
        return not await workers.known() & names

    await until(forgotten)
