"""Lengths of time as people read and write them: a number and a unit."""

from __future__ import annotations

UNITS = {"days": 1440, "hours": 60, "minutes": 1}
"""The minutes of each unit, the largest first."""


def split_span(minutes: int) -> tuple[int, str]:
    """The number of the largest unit that divides a length of time, and that unit."""
    for unit, size in UNITS.items():
        if minutes and minutes % size == 0:
            return minutes // size, unit
    return minutes, "minutes"
