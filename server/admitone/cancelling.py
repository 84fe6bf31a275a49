"""End a task reliably."""

from __future__ import annotations

import asyncio
from typing import Any

AGAIN_AFTER = 1.0
"""Seconds that a task gets to end before it is cancelled again."""


async def cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel the task and wait for its end, however it ends.

    A cancellation may be lost: until Python 3.12, `asyncio.wait_for` swallows it if its task ends at the same
    moment, and redis-py uses `wait_for` to connect. A loop that lost the cancellation would never end.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=AGAIN_AFTER)
    await asyncio.gather(task, return_exceptions=True)
