"""Many clients at once, in one process and in several: a link is booked once, a time is given once."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.store.codes import Code
from admitone.store.records.index import read_index
from tests.support.factories import DAY, NOW, WORKSPACE, a_link
from tests.support.flaky_link import flaky_link
from tests.support.invariants import check_invariants
from tests.support.sizes import size
from tests.support.store.actions import a_store, empty, put_links, read, the_link
from tests.support.store.examples import examples
from tests.support.store.racing import ANSWERS, KINDS, Act, Outcome, Race, play

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from admitone.store.store import Store

PROCESSES = 3
START = NOW + DAY
ACTS = st.builds(Act, st.sampled_from(KINDS), st.integers(0, 20), st.integers(0, 11), st.integers(0, 89))
PROGRAMS = st.lists(st.lists(ACTS, min_size=1, max_size=12), min_size=2, max_size=6)


@pytest.mark.soak
async def test_of_all_who_book_one_link_in_several_processes_one_succeeds(
    store: Store, redis_url: str
) -> None:
    links = [a_link() for _ in range(size(200))]
    await put_links(store, *links)
    tries = [(link.id, START, f"host-{client}-{link.id}") for link in links for client in range(size(50, 20))]
    outcomes = await race(*(Race(redis_url, tries[process::PROCESSES]) for process in range(PROCESSES)))
    codes = Counter(outcome.code for outcome in outcomes)
    assert codes == {Code.OK: len(links), Code.LINK_BOOKED: len(tries) - len(links)}
    booked = {(await the_link(store, link.id)).booked for link in links}
    assert booked == {outcome.booking for outcome in outcomes if outcome.booking}
    assert await check_invariants(store.client) == []


@pytest.mark.soak
async def test_of_all_links_for_one_free_time_one_gets_it(store: Store, redis_url: str) -> None:
    times = [START + day * DAY for day in range(size(20))]
    links = [a_link() for _ in range(50 * len(times))]
    await put_links(store, *links)
    tries = [(link.id, times[number % len(times)], "host") for number, link in enumerate(links)]
    outcomes = await race(*(Race(redis_url, tries[process::PROCESSES]) for process in range(PROCESSES)))
    codes = Counter(outcome.code for outcome in outcomes)
    assert codes == {Code.OK: len(times), Code.TAKEN: len(links) - len(times)}
    occupied = await read_index(
        store, store.keys(WORKSPACE).occupied("host"), after=None, limit=1000, newest_first=False
    )
    assert [entry.score for entry in occupied] == times
    assert await check_invariants(store.client) == []


@pytest.mark.soak
async def test_random_acts_in_several_processes_leave_nothing_inconsistent(
    store: Store, redis_url: str
) -> None:
    await put_links(store, *(a_link(on_cancel="reactivate") for _ in range(10)))
    acts = size(400, 20)
    races = (Race(redis_url, seed=1000 * process, acts=acts, clients=16) for process in range(PROCESSES))
    outcomes = await race(*races)
    assert len(outcomes) == PROCESSES * acts * 16
    await judge(store, outcomes)


@pytest.mark.soak
@examples(size(400, 25))
@given(programs=PROGRAMS)
async def test_random_acts_through_several_stores_leave_nothing_inconsistent(
    redis: Redis, redis_url: str, programs: list[list[Act]]
) -> None:
    async with AsyncExitStack() as stack:
        stores = [await stack.enter_async_context(a_store(redis_url)) for _ in range(PROCESSES)]
        await empty(stores[0])
        await put_links(stores[0], a_link(), a_link(on_cancel="reactivate"))
        played = await asyncio.gather(
            *(play(stores[client % PROCESSES], program) for client, program in enumerate(programs))
        )
        await judge(stores[0], [outcome for client in played for outcome in client])


@pytest.mark.soak
@examples(size(100, 4))
@given(programs=PROGRAMS, seed=st.integers(0, 1000))
async def test_random_acts_over_links_that_break_leave_nothing_half_done(
    redis: Redis, redis_url: str, programs: list[list[Act]], seed: int
) -> None:
    async with AsyncExitStack() as stack:
        steady = await stack.enter_async_context(a_store(redis_url))
        await empty(steady)
        await put_links(steady, a_link(), a_link(on_cancel="reactivate"))
        stores = []
        for number in range(2):
            link = await stack.enter_async_context(flaky_link(redis_url))
            stores.append(await stack.enter_async_context(a_store(link.url)))
            link.cut_at_random(0.1, seed=seed + number)
            stack.callback(link.cut_at_random, 0, seed=0)
        played = await asyncio.gather(
            *(play(stores[client % 2], program) for client, program in enumerate(programs))
        )
        await judge(steady, [outcome for client in played for outcome in client])


async def judge(store: Store, outcomes: list[Outcome]) -> None:
    """Assert that nothing was answered that cannot be, and that what was acknowledged is there."""
    for outcome in outcomes:
        assert outcome.code in {None, Code.APPLIED, *ANSWERS[outcome.kind]}, outcome
    assert await check_invariants(store.client) == []
    made = [outcome.booking for outcome in outcomes if outcome.booking]
    assert len(set(made)) == len(made)
    for booking in made:
        assert (await read(store, booking=booking)).booking, booking


async def race(*races: Race) -> list[Outcome]:
    """Run each in a process of its own, all at once: what their acts were answered."""
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.store.racing", stdin=pipe, stdout=pipe, limit=1 << 26
        )
        for _ in races
    ]
    found: list[Outcome] = []
    for process, one in zip(processes, races, strict=True):
        assert process.stdin
        process.stdin.write(msgspec.json.encode(one) + b"\n")
    for process in processes:
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write(b"go\n")
    for process in processes:
        output, _ = await process.communicate()
        found += msgspec.json.decode(output, type=list[Outcome])
    return found
