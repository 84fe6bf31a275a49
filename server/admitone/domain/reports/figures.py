"""The figures that reports count, the dimensions by which they do, and the names of the counters.

A counter is a field of a hash in Redis; there is one hash for each dimension and month. What each figure
counts, and under which day, is in docs/rules/reports.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

if TYPE_CHECKING:
    from datetime import date

Dimension = Literal["total", "page", "event_type", "host", "channel", "workflow", "domain", "member"]
"""By what is counted. `total` has one key, which is empty.

`channel` of bookings by a general link is `general`. `domain` is that of the customer's address, or `OTHER`.
`member` counts the bookings of a master page by who got them: its key is `<page>/<event type>/<user>`.
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


CHANGES = "changes"
"""The field of a total that counts the changes of its month; every other field has colons."""


def field_name(figure: str, day: date, key: str) -> str:
    """The counter of a figure (or of a bucket, see spans.py) of one day and key, such as `made:29:`."""
    return f"{figure}:{day.day:02d}:{key}"


def month_of(day: date) -> str:
    """The month of a day as the names of hashes have it, such as `2026-11`."""
    return f"{day.year:04d}-{day.month:02d}"
