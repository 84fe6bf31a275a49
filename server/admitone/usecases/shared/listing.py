"""How a filtered list is read: page after page of an index, until enough has been found or examined."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta

from admitone.store.records.index import IndexEntry, read_index
from admitone.store.records.readers import EXAMINED
from admitone.usecases.shared.cursor import read_cursor, write_cursor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from admitone.store.store import Store

T = TypeVar("T")
PageSize = Annotated[int, Meta(ge=1, le=200)]
AT_ONCE = 200
"""Entries that are read in one trip while a filter lets few of them pass."""


class Page(msgspec.Struct, Generic[T]):
    """One page of a list; `next_cursor` None where there is no more."""

    items: list[T]
    next_cursor: str | None


class Items(msgspec.Struct, Generic[T]):
    """All that was made at once."""

    items: list[T]


async def filtered_page(
    store: Store,
    key: str,
    *,
    cursor: str | None,
    limit: int,
    newest_first: bool,
    read: Callable[[Sequence[str]], Awaitable[list[Any]]],
    matches: Callable[[Any], bool],
    low: int | str = "-inf",
    high: int | str = "+inf",
) -> Page[Any]:
    """Up to `limit` records of the index that match; `read` reads records, which have an `id`, by their ids.

    At most `EXAMINED` entries are looked at (api.md), so that a page may be short and yet have a next one.
    """
    after = read_cursor(cursor)
    found: list[Any] = []
    examined = 0
    wanted = limit + 1  # one more tells whether there is a next page, where nothing is filtered out
    while examined < EXAMINED:
        entries = await read_index(
            store, key, after=after, limit=wanted, newest_first=newest_first, low=low, high=high
        )
        records = {record.id: record for record in await read([entry.id for entry in entries])}
        for place, entry in enumerate(entries, 1):
            record = records.get(entry.id)
            if record is not None and matches(record):
                found.append(record)
                if len(found) == limit:
                    is_last = place == len(entries) < wanted
                    return Page(found, None if is_last else write_cursor(entry))
        if len(entries) < wanted:
            return Page(found, None)
        after = entries[-1]
        examined += len(entries)
        wanted = min(AT_ONCE, EXAMINED - examined)
    return Page(found, write_cursor(after))


def sorted_page(
    records: Sequence[Any],
    *,
    cursor: str | None,
    limit: int,
    score: Callable[[Any], int],
    newest_first: bool = True,
) -> Page[Any]:
    """Up to `limit` of records that are all known, by score."""
    after = read_cursor(cursor)
    entries = sorted(
        ((IndexEntry(score(record), record.id), record) for record in records),
        key=itemgetter(0),
        reverse=newest_first,
    )
    rest = [
        (entry, record)
        for entry, record in entries
        if after is None or (entry < after if newest_first else entry > after)
    ]
    shown = rest[:limit]
    more = len(rest) > limit
    return Page([record for _, record in shown], write_cursor(shown[-1][0]) if more else None)
