"""Which places of an axis of days are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_NAMES = 8
MOST_NAMES_ON_A_PHONE = 4


def evenly(places: int) -> list[int]:
    """At most `MOST_NAMES` of so many places, at equal distances, from the first."""
    return list(range(0, places, _every(places, MOST_NAMES)))


def month_starts(days: Sequence[date]) -> list[int]:
    """The places at which a month begins; the first place only if it is the first of its month."""
    return [
        place
        for place, day in enumerate(days)
        if (day.month != days[place - 1].month if place else day.day == 1)
    ]


def rare(names: int) -> list[bool]:
    """For each of so many names, whether a narrow chart leaves it out."""
    every = _every(names, MOST_NAMES_ON_A_PHONE)
    return [place % every > 0 for place in range(names)]


def _every(places: int, most: int) -> int:
    return max(1, -(-places // most))
