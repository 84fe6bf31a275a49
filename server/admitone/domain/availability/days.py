"""Starts as the customer sees them: by local day, with a maximum for each day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.zones import FIRST_DATE, LAST_DATE, date_at, date_start

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Day(msgspec.Struct, frozen=True):
    """A date in the customer's zone and the offered starts on it (epoch seconds), sorted; at least one."""

    date: date
    starts: Sequence[int]


def local_range(zone: ZoneInfo, first: date, last: date) -> tuple[int, int]:
    """The instants of the dates `first` to `last`, both included, as [start, end)."""
    low, high = (max(FIRST_DATE, min(day.toordinal(), LAST_DATE)) for day in (first, last))
    return date_start(zone, low), date_start(zone, high + 1)


def local_days(starts: Sequence[int], zone: ZoneInfo, max_shown: int | None = None) -> list[Day]:
    """The days in `zone` that have starts, each with at most `max_shown` of them, spread over the day.

    `starts` are sorted and must hold whole days: from a part of a day the filter would pick other starts.
    """
    days = []
    first = 0
    while first < len(starts):
        ordinal = date_at(zone, starts[first])
        end = bisect_left(starts, date_start(zone, ordinal + 1), first)
        days.append(Day(date.fromordinal(ordinal), _spread(starts[first:end], max_shown)))
        first = end
    return days


def _spread(starts: Sequence[int], most: int | None) -> Sequence[int]:
    """At most k starts (`most`) of n: those with the indexes floor(i·n/k)."""
    if most is None or len(starts) <= most:
        return starts
    return [starts[index * len(starts) // most] for index in range(most)]
