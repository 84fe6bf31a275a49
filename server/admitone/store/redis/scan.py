"""Goes through all keys of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store

STEP = 200
"""The approximate number of keys in one step."""


async def scan_keys(store: Store) -> AsyncIterator[list[str]]:
    """All keys in steps; some may come twice, and those made meanwhile may be missing. Raises Busy."""
    cursor = b"0"
    while True:
        [[cursor, keys]] = await store.send(Command(("SCAN", cursor, "COUNT", STEP)))
        yield [key.decode(errors="replace") for key in keys]
        if cursor == b"0":
            return
