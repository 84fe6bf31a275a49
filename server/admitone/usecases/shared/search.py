"""Searches by words: each finds the records that have, for every word of the search, a word that begins so.

The entries of the rarest of the sought words are examined, and the other words are verified on the records.
So a search is right however many records have one of its words.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import invalid
from admitone.store.records.index import IndexEntry
from admitone.store.records.readers import EXAMINED
from admitone.store.records.search_words import sought_words
from admitone.store.records.word_index import WordEntry, count_entries, read_entries
from admitone.usecases.shared.cursor import NO_CURSOR, decode_cursor, write_cursor
from admitone.usecases.shared.listing import AT_ONCE, Listing

if TYPE_CHECKING:
    from admitone.store.store import Store


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """The records that a search goes through, by the word index at `key`.

    `read` reads records, which have an `id`, by their ids, without those that the caller may not see. `words`
    are the search words of each record. `matches` says which records belong to the list. `score` says
    where in the list a record is; without it, the list is in the order of creation, newest first.
    """

    key: str
    read: Callable[[Sequence[str]], Awaitable[list[Any]]]
    words: Callable[[Sequence[Any]], Awaitable[list[list[str]]]]
    matches: Callable[[Any], bool]
    score: Callable[[Any], int] | None = None


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a search goes on: among the entries whose word begins with `beginning`.

    It goes on after the record at `shown`, if it is sorted by a score, else after the entry `examined`. It
    `is_long` if there were too many entries to sort them.
    """

    beginning: str
    is_long: bool = False
    shown: IndexEntry | None = None
    examined: WordEntry | None = None


class _Hits(msgspec.Struct, frozen=True):
    """Records by id that a search finds, and the words of each."""

    records: dict[str, Any]
    words: dict[str, list[str]]


async def searched_listing(
    store: Store, searched: Searched, text: str, *, cursor: str | None, limit: int, newest_first: bool = True
) -> Listing[Any]:
    """Up to `limit` records that have the words of `text`.

    If the rarest word has at most `EXAMINED` entries, the records come in the order of the list. If it has
    more, they come as they are examined, at most `EXAMINED` entries a call: word by word, the newest records
    of each first. Raises Invalid for a bad cursor.
    """
    sought = sought_words(text)
    place: Place | None = decode_cursor(cursor, Place)
    if not sought:
        return Listing([], None)
    if place is None:
        counts = await count_entries(store, searched.key, sought)
        count, beginning = min(zip(counts, sought, strict=True))
        if count == 0:
            return Listing([], None)
        place = Place(beginning, is_long=count > EXAMINED)
    elif place.beginning not in sought:
        raise invalid("cursor", NO_CURSOR)
    if place.is_long:
        entries = await read_entries(
            store, searched.key, place.beginning, after=place.examined, limit=EXAMINED
        )
        return await _walked(searched, sought, entries, place, limit, is_end=len(entries) < EXAMINED)
    # A search that was begun in order goes on in order, although there may be some more entries by now.
    entries = await read_entries(store, searched.key, place.beginning, after=None, limit=2 * EXAMINED)
    if searched.score is None:
        return await _walked(searched, sought, _newest(entries, place.examined), place, limit, is_end=True)
    hits = await _hits(searched, sought, entries)
    scored = [(IndexEntry(searched.score(record), record.id), record) for record in hits.records.values()]
    return _sorted(scored, place, limit, newest_first=newest_first)


def _sorted(
    scored: list[tuple[IndexEntry, Any]], place: Place, limit: int, *, newest_first: bool
) -> Listing[Any]:
    after = place.shown
    rest = [
        (entry, record)
        for entry, record in sorted(scored, key=itemgetter(0), reverse=newest_first)
        if after is None or (entry < after if newest_first else entry > after)
    ]
    shown = rest[:limit]
    cursor = write_cursor(Place(place.beginning, shown=shown[-1][0])) if len(rest) > limit else None
    return Listing([record for _, record in shown], cursor)


def _newest(entries: Sequence[WordEntry], after: WordEntry | None) -> list[WordEntry]:
    """The first entry of each record, the newest record first, as far as they come after `after`."""
    first = {entry.id: entry for entry in reversed(entries)}
    found = sorted(first.values(), key=_age)
    return found if after is None else [entry for entry in found if _age(entry) > _age(after)]


def _age(entry: WordEntry) -> tuple[str, str]:
    return entry.place, entry.id


async def _walked(
    searched: Searched,
    sought: Sequence[str],
    entries: Sequence[WordEntry],
    place: Place,
    limit: int,
    *,
    is_end: bool,
) -> Listing[Any]:
    """Go through `entries` until there are `limit` records; `is_end` if no entries follow."""
    found: list[Any] = []
    start, size = 0, limit + 1
    while start < len(entries):
        part = entries[start : start + size]
        hits = await _hits(searched, sought, part)
        for number, entry in enumerate(part, start + 1):
            # A record with several such words is found by the first of them.
            if entry.id in hits.records and entry.word == _first(hits.words[entry.id], place.beginning):
                found.append(hits.records[entry.id])
                if len(found) == limit:
                    is_last = is_end and number == len(entries)
                    return Listing(found, None if is_last else _after(place, entry))
        start, size = start + size, AT_ONCE
    return Listing(found, None if is_end else _after(place, entries[-1]))


async def _hits(searched: Searched, sought: Sequence[str], entries: Sequence[WordEntry]) -> _Hits:
    """The records of the entries that match and have all the words."""
    read = await searched.read(list(dict.fromkeys(entry.id for entry in entries)))
    records = [record for record in read if searched.matches(record)]
    words = dict(zip((record.id for record in records), await searched.words(records), strict=True))
    hits = {
        record.id: record
        for record in records
        if all(any(word.startswith(one) for word in words[record.id]) for one in sought)
    }
    return _Hits(hits, words)


def _first(words: Sequence[str], beginning: str) -> str:
    return min((word for word in words if word.startswith(beginning)), default="")


def _after(place: Place, entry: WordEntry) -> str | None:
    return write_cursor(Place(place.beginning, place.is_long, examined=entry))
