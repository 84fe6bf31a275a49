"""What numbers say: the figures, the medians of times, and who cancelled."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.figures import FIGURES, Figures, Span
from admitone.domain.reports.spans import median_minutes

if TYPE_CHECKING:
    from collections.abc import Mapping


class Medians(msgspec.Struct, frozen=True, kw_only=True):
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


def figures_of(numbers: Mapping[str, int]) -> Figures:
    """The figures, zero where nothing was counted."""
    return Figures(**{figure: numbers.get(figure, 0) for figure in FIGURES})


def medians_of(numbers: Mapping[str, int]) -> Medians:
    """The medians of times by span and bucket, such as `lead.7`."""
    buckets: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for name, number in numbers.items():
        span, _, bucket = name.partition(".")
        buckets[span][int(bucket)] = number

    def median(span: Span) -> int | None:
        return median_minutes(buckets[span])

    return Medians(
        to_open_minutes=median("to_open"), to_book_minutes=median("to_book"), lead_minutes=median("lead")
    )


def cancelled_by(cancellers: Mapping[str, Mapping[str, int]]) -> CancelledBy:
    """Who cancelled, by the keys of the dimension `canceller`."""
    return CancelledBy(**{who: numbers.get("cancelled", 0) for who, numbers in cancellers.items()})
