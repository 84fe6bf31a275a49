"""Lists that are read in parts: each answer is a Listing, which says where the next part starts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Generic, Protocol, TypeVar

import msgspec
from msgspec import Meta

from admitone.domain.errors import invalid
from admitone.store.records.index import IndexEntry, read_indexes
from admitone.store.records.readers import EXAMINED
from admitone.texts.message import message
from admitone.usecases.shared.cursor import read_cursor, write_cursor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from admitone.store.store import Store

T = TypeVar("T")
PageSize = Annotated[int, Meta(ge=1, le=200)]
_STREAM_ID = re.compile(r"[0-9]{1,15}-[0-9]{1,15}", re.ASCII)
AT_ONCE = 200
"""Entries of the index that one trip reads at most while a filter rejects records."""


class Listing(msgspec.Struct, Generic[T]):
    """One page of a list; `next_cursor` None where there is no more."""

    items: list[T]
    next_cursor: str | None


class Items(msgspec.Struct, Generic[T]):
    """All that was made at once."""

    items: list[T]


class ListQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a list without filters."""

    limit: PageSize = 50
    cursor: str | None = None


def map_listing(found: Listing[Any], view: Callable[[Any], T]) -> Listing[T]:
    """The listing with the views of its records."""
    return Listing([view(record) for record in found.items], found.next_cursor)


async def filtered_listing(
    store: Store,
    *keys: str,
    cursor: str | None,
    limit: int,
    newest_first: bool,
    read: Callable[[Sequence[str]], Awaitable[list[Any]]],
    matches: Callable[[Any], bool],
    low: int | str = "-inf",
    high: int | str = "+inf",
    beside: Sequence[IndexEntry] = (),
) -> Listing[Any]:
    """Up to `limit` records of one or more indexes that match, in one order.

    `beside` are entries that belong to the list although no index has them.

    `read` reads records, which have an `id`, by their ids. It leaves out, or returns None for, a record that
    the caller may not see, or that was deleted after the index was read. At most `EXAMINED` entries of the
    indexes are looked at (docs/api.md), so a part may be short, or empty, and still have a next one. Raises
    Invalid for a bad cursor.
    """
    after = read_cursor(cursor)
    found: list[Any] = []
    examined = 0
    wanted = limit + 1  # one more tells whether there is a next part, if nothing is filtered out
    while examined < EXAMINED:
        entries = await read_indexes(
            store, keys, after=after, limit=wanted, newest_first=newest_first, low=low, high=high
        )
        if beside:
            rest = _following(beside, after, newest_first=newest_first)
            entries = sorted({*entries, *rest}, reverse=newest_first)[:wanted]
        read_now = await read([entry.id for entry in entries])
        records = {record.id: record for record in read_now if record is not None}
        for place, entry in enumerate(entries, 1):
            record = records.get(entry.id)
            if record is not None and matches(record):
                found.append(record)
                if len(found) == limit:
                    is_last = place == len(entries) < wanted
                    return Listing(found, None if is_last else write_cursor(entry))
        if len(entries) < wanted:
            return Listing(found, None)
        after = entries[-1]
        examined += len(entries)
        # As many as are likely to have what is missing, by what matched so far.
        likely = (limit + 1 - len(found)) * (examined // max(len(found), 1) + 1)
        wanted = min(likely, AT_ONCE, EXAMINED - examined)
    return Listing(found, write_cursor(after))


class HasId(Protocol):
    """An entry of a stream."""

    @property
    def id(self) -> str:
        """What orders entries, and continues a list."""


E = TypeVar("E", bound=HasId)


async def stream_listing(
    read: Callable[[str | None, int], Awaitable[Sequence[E]]],
    matches: Callable[[E], bool],
    *,
    cursor: str | None,
    limit: int,
) -> Listing[E]:
    """Up to `limit` entries of a stream that match, newest first; the cursor is the id of the last one.

    `read` reads so many entries older than an id, or the newest. At most `EXAMINED` are looked at. Raises
    Invalid for a bad cursor.
    """
    refuse_bad_cursor(cursor)
    before, examined = cursor, 0
    found: list[E] = []
    while examined < EXAMINED:
        part = await read(before, AT_ONCE)
        for entry in part:
            before = entry.id
            if matches(entry):
                found.append(entry)
                if len(found) == limit:
                    return Listing(found, before)
        if len(part) < AT_ONCE:
            return Listing(found, None)
        examined += len(part)
    return Listing(found, before)


def refuse_bad_cursor(cursor: str | None) -> None:
    """Raise Invalid for a cursor that is no id of a stream."""
    if cursor is not None and not _STREAM_ID.fullmatch(cursor):
        raise invalid("cursor", message("This is not a cursor that a list answered."))


def _following(
    entries: Sequence[IndexEntry], after: IndexEntry | None, *, newest_first: bool
) -> Sequence[IndexEntry]:
    """Those of the entries that come after `after`."""
    return [entry for entry in entries if after is None or (entry < after if newest_first else entry > after)]
