"""Busy time from calendars: half-open intervals of epoch seconds, kept in chunks of two weeks.

Chunks that were read for one customer serve all others, whichever days they ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.availability.zones import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.availability.schedule_hours import Interval

CHUNK = 14 * DAY
"""Seconds; chunks are counted from the epoch."""
MOST_CHUNKS = 4
"""Chunks in one query at most: Google refuses ranges of a few months (`timeRangeTooLong`)."""


def chunks_of(start: int, end: int) -> range:
    """The numbers of the chunks that cover [start, end)."""
    return range(start // CHUNK, -(-end // CHUNK))


def chunk_range(chunks: range) -> Interval:
    """The time that consecutive chunks cover, as [start, end)."""
    return chunks.start * CHUNK, chunks.stop * CHUNK


def clipped(intervals: Iterable[Interval], start: int, end: int) -> list[Interval]:
    """The parts of intervals that lie in [start, end)."""
    return [(max(low, start), min(high, end)) for low, high in intervals if low < end and high > start]


def without(busy: Iterable[Interval], own: Iterable[Interval]) -> list[Interval]:
    """Busy time without our own bookings, because their events are in the calendar too.

    Time of other events is not lost: if one overlaps a booking, the booking itself occupies the time, with
    buffers that are at least as long as those that count against events.
    """
    left = list(busy)
    for start, end in own:
        left = [part for low, high in left for part in _cut(low, high, start, end)]
    return left


def _cut(low: int, high: int, start: int, end: int) -> list[Interval]:
    if high <= start or low >= end:
        return [(low, high)]
    return [part for part in ((low, start), (end, high)) if part[0] < part[1]]
