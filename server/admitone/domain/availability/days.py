"""Slots as the customer sees them: by local day, with a maximum for each day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.case import OfferedSlot
from admitone.domain.availability.zones import FIRST_DATE, LAST_DATE, date_at, date_start

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Day(msgspec.Struct, frozen=True):
    """A date in the customer's zone and the slots that start on it, sorted."""

    date: date
    slots: list[OfferedSlot]


def local_range(zone: ZoneInfo, first: date, last: date) -> tuple[int, int]:
    """The instants of the dates `first` to `last`, both included, as [start, end)."""
    low, high = (max(FIRST_DATE, min(day.toordinal(), LAST_DATE)) for day in (first, last))
    return date_start(zone, low), date_start(zone, high + 1)


def local_days(slots: list[OfferedSlot], zone: ZoneInfo, max_shown: int | None = None) -> list[Day]:
    """The days in `zone` that have slots, each with at most `max_shown` of them, spread over the day.

    `slots` are sorted and must hold whole days: from a part of a day the filter would pick other slots.
    """
    days = []
    rest = iter(slots)
    slot = next(rest, None)
    while slot is not None:
        ordinal = date_at(zone, slot.start)
        end = date_start(zone, ordinal + 1)
        of_day = []
        while slot is not None and slot.start < end:
            of_day.append(slot)
            slot = next(rest, None)
        days.append(Day(date.fromordinal(ordinal), _spread(of_day, max_shown)))
    return days


def _spread(slots: list[OfferedSlot], most: int | None) -> list[OfferedSlot]:
    """At most k slots (`most`) of n: those with the indexes floor(i·n/k)."""
    if most is None or len(slots) <= most:
        return slots
    return [slots[index * len(slots) // most] for index in range(most)]
