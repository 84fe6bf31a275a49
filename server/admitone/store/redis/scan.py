"""Goes through all keys of the database, or of all primaries of a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store

STEP = 200
"""The approximate number of keys in one step."""


async def scan_keys(store: Store) -> AsyncIterator[list[str]]:
    """All keys in steps; some may come twice, and those made meanwhile may be missing. Raises Busy.

    Keys of a slot that moves to another primary meanwhile may be missing, too.
    """
    for primary in store.lines.primaries:
        cursor = b""
        while cursor != b"0":
            [[cursor, keys]] = await primary.send(Command(("SCAN", cursor or b"0", "COUNT", STEP)))
            yield [key.decode(errors="replace") for key in keys]


async def count_keys(store: Store) -> int:
    """How many keys there are; raises Busy."""
    return sum([(await primary.send(Command(("DBSIZE",))))[0] for primary in store.lines.primaries])
