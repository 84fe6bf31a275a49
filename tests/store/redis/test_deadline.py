"""A time limit does not blame Redis for the time in which this process itself stood still."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import Busy
from admitone.store.redis import deadline
from admitone.store.redis.deadline import Deadline, Deadlines
from admitone.store.redis.waiting import Waiting

if TYPE_CHECKING:
    from typing import Any


async def test_it_expires() -> None:
    expired = asyncio.Event()
    Deadline(0.001, expired.set)
    await expired.wait()


async def test_a_cancelled_one_does_not_expire() -> None:
    first, second = asyncio.Event(), asyncio.Event()
    Deadline(0.001, first.set).cancel()
    Deadline(0.002, second.set)
    await second.wait()
    assert not first.is_set()


async def test_a_loop_that_stood_still_may_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "SLACK", 0.05)
    expired, read = asyncio.Event(), asyncio.Event()
    Deadline(0.001, expired.set)
    time.sleep(0.1)  # noqa: ASYNC251 - the loop must stand still
    asyncio.get_running_loop().call_soon(read.set)
    await read.wait()
    assert not expired.is_set()
    await expired.wait()


def waiting_call(deadlines: Deadlines, within: float) -> asyncio.Future[list[Any]]:
    """The answer to a call that waits for so many seconds at most."""
    loop = asyncio.get_running_loop()
    call = Waiting((), loop.create_future())
    deadlines.add(call, loop.time() + within)
    return call.answer


async def test_calls_are_given_up_one_by_one() -> None:
    deadlines = Deadlines()
    later, soon = waiting_call(deadlines, 10), waiting_call(deadlines, 0.001)
    with pytest.raises(Busy):
        await soon
    assert not later.done()
    with pytest.raises(Busy):  # a call that comes while others wait
        await waiting_call(deadlines, 0.001)
    assert not later.done()


async def test_a_call_after_a_quiet_time_is_given_up_too() -> None:
    deadlines = Deadlines()
    waiting_call(deadlines, 10).set_result([])
    await asyncio.sleep(3 * deadline.TICK)
    with pytest.raises(Busy):
        await waiting_call(deadlines, 0.001)


async def test_an_answered_call_keeps_its_answer() -> None:
    deadlines = Deadlines()
    answered, other = waiting_call(deadlines, 0.001), waiting_call(deadlines, 0.001)
    answered.set_result([b"answer"])
    with pytest.raises(Busy):
        await other
    assert answered.result() == [b"answer"]


async def test_calls_may_be_answered_after_the_loop_stood_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "SLACK", 0.05)
    call = waiting_call(Deadlines(), 0.001)
    time.sleep(deadline.TICK + 0.1)  # noqa: ASYNC251 - the loop must stand still
    asyncio.get_running_loop().call_soon(call.set_result, [b"answer"])
    assert await call == [b"answer"]
