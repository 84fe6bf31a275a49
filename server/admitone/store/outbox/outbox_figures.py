"""Figures of the outbox for monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store import keys
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store


class OutboxFigures(msgspec.Struct, frozen=True):
    """The figures of all partitions together.

    `waiting` counts unfinished entries, `delayed` jobs and timers that are due later, `parked` jobs that
    failed for good, and `retried` all retries since the deployment began. `oldest` is the age in seconds of
    the job that has waited longest, or 0 if no job waits.
    """

    waiting: int
    delayed: int
    parked: int
    retried: int
    oldest: int


async def read_outbox_figures(store: Store, now: int) -> OutboxFigures:
    """The figures at `now` (epoch seconds), in one trip; raises Busy."""
    partitions = range(store.partitions)
    waiting, delayed, parked, retried, oldest = 0, 0, 0, 0, now
    answers = await store.send(
        *(
            Command(words)
            for partition in partitions
            for words in (
                ("XLEN", keys.jobs(partition)),
                ("ZCARD", keys.delayed(partition)),
                ("HMGET", keys.totals(partition), "parked", "retried"),
                ("XRANGE", keys.jobs(partition), "-", "+", "COUNT", 1),
                ("ZRANGE", keys.delayed(partition), 0, 0, "WITHSCORES"),
            )
        )
    )
    for start in range(0, len(answers), 5):
        length, later, [failed, again], first, next_due = answers[start : start + 5]
        waiting, delayed = waiting + length, delayed + later
        parked, retried = parked + int(failed or 0), retried + int(again or 0)
        times = [int(entry_id.partition(b"-")[0]) // 1000 for entry_id, _ in first]
        oldest = min(oldest, *times, *(int(float(due)) for due in next_due[1:]), now)
    return OutboxFigures(waiting, delayed, parked, retried, now - oldest)


MOST_WAITING = 2000
"""Waiting entries with which a job that adds many pauses: bookings and mails wait behind them."""


async def waiting_entries(store: Store, workspace: str) -> int:
    """How many unfinished entries the outbox has in which a workspace's events are; raises Busy."""
    [length] = await store.send(Command(("XLEN", store.keys(workspace).jobs)))
    return int(length)
