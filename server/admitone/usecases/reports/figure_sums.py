"""Sums of counters by group: of a whole range, and of each day, week or key."""

from __future__ import annotations

from collections import Counter as Count
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.figures import FIGURES, Figures, Span
from admitone.domain.reports.spans import median_minutes
from admitone.store.records.reports.counters import read_counters

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from admitone.domain.reports.day_range import DayRange
    from admitone.domain.reports.figures import Dimension
    from admitone.store.records.reports.counters import Counter
    from admitone.store.store import Store


class Medians(msgspec.Struct, kw_only=True):
    """The medians of three times in minutes, nearly exact (domain/reports/spans.py); None: no time at all.

    From a link's creation to when it was first opened and first booked, by links of the range; and from a
    booking to its first start, by bookings made in the range.
    """

    to_open_minutes: int | None = None
    to_book_minutes: int | None = None
    lead_minutes: int | None = None


class CancelledBy(msgspec.Struct, kw_only=True):
    """The cancellations before the start, by who cancelled. `google` is a deletion of the calendar event."""

    customer: int = 0
    host: int = 0
    workflow: int = 0
    google: int = 0


class Sums:
    """Numbers by group and figure; a group is whatever a summary chooses, such as a day or a key."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, Count[str]] = defaultdict(Count)

    def add(self, group: str, counter: Counter) -> None:
        """Add a counter to a group."""
        self._numbers[group][counter.figure] += counter.number

    def groups(self) -> list[str]:
        """The groups that have a figure other than zero."""
        return [group for group in self._numbers if self.figures(group) != Figures()]

    def figures(self, group: str) -> Figures:
        """The figures of a group, zeros for one that has none."""
        sums = self._of(group)
        return Figures(**{figure: sums.get(figure, 0) for figure in FIGURES})

    def medians(self, group: str) -> Medians:
        """The medians of a group of counters of the dimension `total`, which has times by bucket."""
        buckets: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for figure, number in self._of(group).items():
            span, _, bucket = figure.partition(".")
            if bucket:
                buckets[span][int(bucket)] = number

        def median(span: Span) -> int | None:
            return median_minutes(buckets[span])

        return Medians(
            to_open_minutes=median("to_open"), to_book_minutes=median("to_book"), lead_minutes=median("lead")
        )

    def cancelled_by(self, group: str) -> CancelledBy:
        """Who cancelled, in a group of counters of the dimension `total`."""
        sums = self._of(group)
        fields = CancelledBy.__struct_fields__
        return CancelledBy(**{who: sums.get(f"cancelled_by_{who}", 0) for who in fields})

    def _of(self, group: str) -> Mapping[str, int]:
        return self._numbers.get(group) or {}


async def counters_of(
    store: Store, workspace: str, dimension: Dimension, days: DayRange
) -> AsyncIterator[list[Counter]]:
    """The counters of the days, month by month: a year by domain would hold up other requests at once."""
    for month in days.months():
        yield await read_counters(store, workspace, dimension, month.first, month.last)
