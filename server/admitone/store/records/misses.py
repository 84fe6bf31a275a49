"""Counters of wrong guesses; each expires with its period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store import keys
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

PERIOD = 600
"""The length of one period in seconds."""


async def count_miss(store: Store, source: str, now: int, *, is_durable: bool = False) -> int:
    """Count a miss of `source` (a hash); returns its misses in the period of `now`, this one included.

    The key gets its expiry before its first count, so that no key stays forever. A command that is sent again
    after a lost connection may count twice. The count may be lost in a failover, unless it `is_durable`.
    """
    key = keys.misses(source, now // PERIOD)
    _, misses = await store.send(
        Command(("SET", key, 0, "EX", 2 * PERIOD, "NX"), may_be_lost=not is_durable),
        Command(("INCR", key), may_be_lost=not is_durable),
    )
    return int(misses)
