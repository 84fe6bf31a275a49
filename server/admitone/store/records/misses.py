"""How often somebody guessed wrong: counters that end with their period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store import keys
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

PERIOD = 600
"""Seconds in which misses are counted together."""


async def count_miss(store: Store, source: str, now: int) -> int:
    """Count one more miss of `source`, a hash; how many it has had in the period of `now`, this included.

    The key is given its end before its first count, so that none stays for good. Sent twice after a lost
    connection, it counts twice.
    """
    key = keys.misses(source, now // PERIOD)
    _, misses = await store.send(Command(("SET", key, 0, "EX", 2 * PERIOD, "NX")), Command(("INCR", key)))
    return int(misses)
