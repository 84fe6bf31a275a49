"""The figures that reports count, the dimensions by which they do, and the places of the counters.

A month has two tables of counters in Redis, one of them for domains. A table is a string of whole numbers
of 32 bits, with a row for each key of a dimension, and a hash with the row of each name. What each figure
counts, and under which day, is in docs/rules/reports.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from admitone.domain.reports.spans import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Dimension = Literal[
    "total",
    "page",
    "event_type",
    "host",
    "channel",
    "workflow",
    "domain",
    "member",
    "canceller",
]
"""By what is counted. `total` has one key, which is empty.

`channel` of bookings by a general link is `general`. `domain` is that of the customer's address, or `OTHER`.
`member` counts the bookings of a master page by who got them: its key is `<page>/<event type>/<user>`.
`canceller` counts cancellations by who cancelled.
"""
Figure = Literal[
    "made",
    "fetched",
    "opened",
    "booked",
    "scheduled",
    "rescheduled",
    "cancelled",
    "cancelled_after_start",
    "no_show",
    "completed",
]
FIGURES: tuple[Figure, ...] = get_args(Figure)
Span = Literal["to_open", "to_book", "lead"]
"""A time of which reports tell the median: `total` counts it by its bucket (domain/reports/spans.py)."""
OTHER = "*other"
"""The key of all domains beyond the first `DOMAINS` of a month."""
DOMAINS = 500
"""Domains of one month that are counted apart."""


class Figures(msgspec.Struct, kw_only=True):
    """The number of each figure; of a day, a range, or a group of either."""

    made: int = 0
    fetched: int = 0
    opened: int = 0
    booked: int = 0
    scheduled: int = 0
    rescheduled: int = 0
    cancelled: int = 0
    cancelled_after_start: int = 0
    no_show: int = 0
    completed: int = 0


MONTH_DAYS = 31
ROW = MONTH_DAYS * len(FIGURES)
"""Counters of a row: those of one key of a dimension in one month, day by day."""
CHANGES = ROW
"""The place of the counter of a month's changes, behind the row of the month's total."""
TIMES = CHANGES + 1
"""Where the times of a month begin."""
TIME_NAMES = tuple(f"{span}.{bucket}" for span in get_args(Span) for bucket in range(BUCKETS))
"""What is counted of times each day, in order: `lead.7` are those in bucket 7 (domain/reports/spans.py)."""
RESERVED = -(-(TIMES + MONTH_DAYS * len(TIME_NAMES)) // ROW)
"""Rows that the month's total takes, with changes and times; other rows follow as their keys come."""
_PLACES: Mapping[str, int] = {figure: place for place, figure in enumerate(FIGURES)}
_TIME_PLACES = {name: place for place, name in enumerate(TIME_NAMES)}


def place_of(figure: str, day: date) -> int:
    """The place of a counter of a day in its row, from 0; that of the total has `TIME_NAMES` too."""
    if figure in _PLACES:
        return (day.day - 1) * len(FIGURES) + _PLACES[figure]
    return TIMES + (day.day - 1) * len(TIME_NAMES) + _TIME_PLACES[figure]


def row_name(dimension: Dimension, key: str) -> str:
    """The name of a row; that of the total is empty, and domains have a table of their own."""
    return key if dimension in {"total", "domain"} else f"{dimension}:{key}"


def month_of(day: date) -> str:
    """The month of a day as the names of keys have it, such as `2026-11`."""
    return f"{day.year:04d}-{day.month:02d}"
