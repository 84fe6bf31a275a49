"""Sums of counters: of a whole range, and of each day, week or key."""

from __future__ import annotations

from collections import Counter as Count
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.figures import FIGURES, Figures, Span
from admitone.domain.reports.spans import median_minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from admitone.store.records.reports.counters import Counter


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


def sum_figures(counters: Iterable[Counter]) -> Figures:
    """The figures of all these counters together."""
    sums = _sums(counters)
    return Figures(**{figure: sums[figure] for figure in FIGURES})


def figures_by(key: Callable[[Counter], str], counters: Iterable[Counter]) -> dict[str, Figures]:
    """The figures of the counters by a key of each."""
    groups: defaultdict[str, list[Counter]] = defaultdict(list)
    for counter in counters:
        groups[key(counter)].append(counter)
    return {name: sum_figures(group) for name, group in groups.items()}


def medians_of(counters: Iterable[Counter]) -> Medians:
    """The medians of the times that are counted by bucket among the counters of the dimension `total`."""
    buckets: dict[str, Count[int]] = {}
    for figure, number in _sums(counters).items():
        span, _, bucket = figure.partition(".")
        if bucket:
            buckets.setdefault(span, Count())[int(bucket)] = number

    def median(span: Span) -> int | None:
        return median_minutes(buckets.get(span, {}))

    return Medians(
        to_open_minutes=median("to_open"), to_book_minutes=median("to_book"), lead_minutes=median("lead")
    )


def cancelled_by(counters: Iterable[Counter]) -> CancelledBy:
    """Who cancelled, by the counters of the dimension `total`."""
    sums = _sums(counters)
    return CancelledBy(
        customer=sums["cancelled_by_customer"],
        host=sums["cancelled_by_host"],
        workflow=sums["cancelled_by_workflow"],
        google=sums["cancelled_by_google"],
    )


def _sums(counters: Iterable[Counter]) -> Count[str]:
    sums: Count[str] = Count()
    for counter in counters:
        sums[counter.figure] += counter.number
    return sums
