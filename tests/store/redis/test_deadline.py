"""A time limit does not blame Redis for the time in which this process itself stood still."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from admitone.store.redis import deadline
from admitone.store.redis.deadline import Deadline

if TYPE_CHECKING:
    import pytest


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
