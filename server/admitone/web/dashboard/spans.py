"""Lengths of time as people read and write them: a number and a unit."""

from __future__ import annotations

UNITS = {"days": 1440, "hours": 60, "minutes": 1}
"""The minutes of each unit, the largest first."""


def span(minutes: int) -> str:
    """A length of time in the largest unit that divides it: 1440 is `1 day`, 90 is `90 minutes`."""
    count, unit = split_span(minutes)
    return f"{count} {unit[:-1] if count == 1 else unit}"


def split_span(minutes: int) -> tuple[int, str]:
    """The number and the unit of `span`, for the two fields of a form."""
    for unit, size in UNITS.items():
        if minutes and minutes % size == 0:
            return minutes // size, unit
    return minutes, "minutes"
