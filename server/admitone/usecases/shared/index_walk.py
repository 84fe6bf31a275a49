"""Walk through a sorted set of ids, some at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.index import read_index

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.records.index import IndexEntry
    from admitone.store.store import Store

AT_ONCE = 500


async def walk_index(
    store: Store, key: str, *, low: int | str = "-inf", high: int | str = "+inf"
) -> AsyncIterator[list[str]]:
    """The ids whose score is within the bounds, lowest score first, in lists of at most 500."""
    after: IndexEntry | None = None
    while found := await read_index(
        store, key, after=after, limit=AT_ONCE, newest_first=False, low=low, high=high
    ):
        yield [entry.id for entry in found]
        after = found[-1]
