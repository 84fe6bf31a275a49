"""Ending a task for certain."""

from __future__ import annotations

import asyncio

AGAIN_AFTER = 1.0
"""Seconds that a task has to end before it is told once more."""


async def cancelled(task: asyncio.Task[None]) -> None:
    """Cancel the task and wait for its end, however it ends.

    One cancellation may be lost: until Python 3.12, `asyncio.wait_for` swallows it where what it waits for
    is done at the same moment, and redis-py connects by it. A loop that lost it would never end.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=AGAIN_AFTER)
    await asyncio.gather(task, return_exceptions=True)
