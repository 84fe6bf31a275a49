"""A task ends even where the first cancellation is lost on the way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from admitone import cancelling
from admitone.cancelling import cancelled

if TYPE_CHECKING:
    import pytest


async def test_a_task_that_loses_a_cancellation_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cancelling, "AGAIN_AFTER", 0.01)
    lost = 0

    async def lose_two() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost += 1
                if lost > 2:
                    raise

    task = asyncio.create_task(lose_two())
    await asyncio.sleep(0)
    await cancelled(task)
    assert (lost, task.cancelled()) == (3, True)


async def test_how_it_ended_is_not_the_caller_s_concern() -> None:
    async def fail() -> None:
        raise ValueError

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    await cancelled(task)
    assert isinstance(task.exception(), ValueError)
