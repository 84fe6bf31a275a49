"""Busy time that is read from calendars: half-open intervals of epoch seconds, kept in chunks of two weeks.

What is read for one customer serves the others, whichever days each of them asks for.
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
"""Chunks in one question: Google refuses ranges of a few months (`timeRangeTooLong`)."""


def chunks_of(start: int, end: int) -> range:
    """The numbers of the chunks that hold [start, end)."""
    return range(start // CHUNK, -(-end // CHUNK))


def chunk_range(chunks: range) -> Interval:
    """What consecutive chunks hold."""
    return chunks.start * CHUNK, chunks.stop * CHUNK


def clipped(intervals: Iterable[Interval], start: int, end: int) -> list[Interval]:
    """The parts of intervals that lie in [start, end)."""
    return [(max(low, start), min(high, end)) for low, high in intervals if low < end and high > start]


def without(busy: Iterable[Interval], own: Iterable[Interval]) -> list[Interval]:
    """Busy time less that of our own bookings, whose events are in the calendar as well.

    Nothing of anybody else's is lost by it: where a foreign event overlaps a booking, the booking itself
    keeps its time, with buffers no smaller than those that hold against events.
    """
    left = list(busy)
    for start, end in own:
        left = [part for low, high in left for part in _cut(low, high, start, end)]
    return left


def _cut(low: int, high: int, start: int, end: int) -> list[Interval]:
    if high <= start or low >= end:
        return [(low, high)]
    return [part for part in ((low, start), (end, high)) if part[0] < part[1]]
