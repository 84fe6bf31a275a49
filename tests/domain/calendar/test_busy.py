"""Busy time of calendars, in which our own bookings' events stand as well."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.availability.blocks import free_starts
from admitone.domain.availability.case import Booked, Case, Host, TimeSlots
from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.availability.schedule_hours import Hours, joined
from admitone.domain.calendar.busy import CHUNK, chunk_range, chunks_of, clipped, without

MINUTE = 60
DAY = 24 * 60
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = Hours(Schedule("UTC", Weekly(**dict.fromkeys(DAYS, (("00:00", "24:00"),)))))

minutes = st.integers(min_value=0, max_value=DAY)
intervals = st.tuples(minutes, st.integers(min_value=1, max_value=180)).map(
    lambda pair: (pair[0] * MINUTE, (pair[0] + pair[1]) * MINUTE)
)
buffers = st.integers(min_value=0, max_value=60).map(lambda each: each * MINUTE)
bookings = st.builds(
    lambda span, before, after: Booked(span[0], span[1], before, after), intervals, buffers, buffers
)


def covers(parts: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in parts)


@given(st.lists(intervals, max_size=5), st.lists(intervals, max_size=5), minutes)
def test_what_is_own_is_taken_away_and_nothing_else(
    busy: list[tuple[int, int]], own: list[tuple[int, int]], minute: int
) -> None:
    at = minute * MINUTE
    assert covers(without(busy, own), at) == (covers(busy, at) and not covers(own, at))


@given(st.lists(intervals, max_size=4), st.lists(bookings, max_size=4), buffers, buffers)
def test_the_events_of_our_own_bookings_change_nothing(
    foreign: list[tuple[int, int]], booked: list[Booked], before: int, after: int
) -> None:
    """Google answers one interval for what overlaps, so that it cannot be told apart; it need not be."""
    own = [(each.start, each.end) for each in booked]
    calendar = joined(foreign + own)
    slots = TimeSlots(30 * MINUTE, 15 * MINUTE, before, after, notice=0, window=None)

    def free(busy: list[tuple[int, int]]) -> list[tuple[int, int]]:
        host = Host("host", ALWAYS, busy, booked)
        return free_starts(Case(slots, [[host]], now=0), host, 0, DAY * MINUTE)

    assert free(without(calendar, own)) == free(foreign)


@given(minutes, st.integers(min_value=1, max_value=90 * DAY))
def test_chunks_hold_the_range_and_no_more_than_needed(start: int, length: int) -> None:
    chunks = chunks_of(start * MINUTE, (start + length) * MINUTE)
    first, last = chunk_range(chunks)
    assert first <= start * MINUTE < first + CHUNK
    assert last - CHUNK < (start + length) * MINUTE <= last


@given(intervals, intervals)
def test_clipping_keeps_what_lies_inside(span: tuple[int, int], inside: tuple[int, int]) -> None:
    parts = clipped([span], *inside)
    both = max(span[0], inside[0]), min(span[1], inside[1])
    assert parts == ([both] if both[0] < both[1] else [])
