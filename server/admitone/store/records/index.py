"""Reads the sorted sets behind lists, in parts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.store import Store


AT_ONCE = 1000
"""Entries that one trip reads of several indexes together."""


class IndexEntry(msgspec.Struct, frozen=True, array_like=True, order=True):
    """One member of an index with its score; entries are in the order of (score, id), as Redis has them.

    Members of occupied time have more after the id (`<id>|…`), which does not count here: all ids of bookings
    have one length, so the order is the same.
    """

    score: int
    id: str


async def read_index(
    store: Store,
    key: str,
    *,
    after: IndexEntry | None,
    limit: int,
    newest_first: bool,
    low: int | str = "-inf",
    high: int | str = "+inf",
) -> list[IndexEntry]:
    """Up to `limit` entries with low ≤ score ≤ high that come after `after`; a bound `(n` excludes n.

    Entries with the same score are ordered by id, so that none is skipped or repeated, and reading continues
    after the last entry even if that entry has been deleted.
    """
    if after is not None and newest_first and after.score < _number(high):
        high = after.score
    elif after is not None and not newest_first and after.score > _number(low):
        low = after.score
    bounds = ("ZREVRANGEBYSCORE", key, high, low) if newest_first else ("ZRANGEBYSCORE", key, low, high)
    found: list[IndexEntry] = []
    offset = 0
    while len(found) < limit:
        [answer] = await store.send(Command((*bounds, "WITHSCORES", "LIMIT", offset, limit)))
        entries = [IndexEntry(entry.score, entry.id.partition("|")[0]) for entry in entries_of(answer)]
        found += [
            entry for entry in entries if after is None or (entry < after if newest_first else entry > after)
        ]
        if len(entries) < limit:
            break
        offset += limit
    return found[:limit]


async def read_indexes(
    store: Store,
    keys: Sequence[str],
    *,
    after: IndexEntry | None,
    limit: int,
    newest_first: bool,
    low: int | str = "-inf",
    high: int | str = "+inf",
) -> list[IndexEntry]:
    """As `read_index`, of several indexes as if they were one; an entry that several have is there once.

    One trip reads all of them, at most `AT_ONCE` entries together unless `limit` needs more. Trips are
    repeated until there are `limit` entries, or no more.
    """
    share = min(limit, max(AT_ONCE // len(keys), -(-limit // len(keys))))
    found: list[IndexEntry] = []
    while len(found) < limit:
        parts = await asyncio.gather(
            *(
                read_index(
                    store, key, after=after, limit=share, newest_first=newest_first, low=low, high=high
                )
                for key in keys
            )
        )
        entries = sorted({entry for part in parts for entry in part}, reverse=newest_first)
        full = [part[-1] for part in parts if len(part) == share]
        if not full:
            return (found + entries)[:limit]
        # What follows the last entry of a full part may precede entries of the other parts: read it first.
        after = max(full) if newest_first else min(full)
        found += entries[: entries.index(after) + 1]
    return found[:limit]


def _number(bound: int | str) -> float:
    return float(str(bound).removeprefix("("))


def entries_of(answer: Sequence[Any]) -> list[IndexEntry]:
    """The entries of an answer WITHSCORES, which is flat in RESP2 and nested in RESP3."""
    pairs = (
        answer
        if answer and isinstance(answer[0], list | tuple)
        else zip(answer[::2], answer[1::2], strict=True)
    )
    return [IndexEntry(int(float(score)), member.decode()) for member, score in pairs]
