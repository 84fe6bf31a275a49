"""The month that a calendar shows first, or when the customer turns to another month, and the opened day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability import zones
from admitone.domain.availability.blocks import window_starts
from admitone.usecases.times.availability import DayView, Offer, SlotQuery, SlotView, list_slots

if TYPE_CHECKING:
    from admitone.store.records.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

FURTHEST = 3660
"""How many days ahead a calendar can be turned: the longest rolling window."""
STRETCHES = 6
"""How many periods of two months are searched for the first free day."""
NEAR_DAYS = (timedelta(days=14), timedelta(days=42))
NEAR = 6
"""How many times are offered instead of one that was taken."""


class Month(msgspec.Struct, frozen=True):
    """One month of a calendar, from `first`; only days with offered times are in `days`.

    Times can be offered from `earliest` to `last`. `chosen` is the day whose times are shown, None if no day
    of the month has any. `is_full` says that no month has any.
    """

    first: date
    days: Mapping[date, Sequence[SlotView]]
    chosen: date | None
    today: date
    earliest: date
    last: date
    is_full: bool = False

    @property
    def earlier(self) -> date | None:
        """The day to ask for to see the month before, if anything can be offered in it."""
        day = self.first - timedelta(days=1)
        return max(day.replace(day=1), self.earliest) if day >= self.earliest else None

    @property
    def later(self) -> date | None:
        """The day to ask for to see the month after, if anything can be offered in it."""
        end = _month_end(self.first)
        return end + timedelta(days=1) if end < self.last else None


async def view_month(
    services: Services, snapshot: Snapshot, offer: Offer, timezone: str, wanted: date | None
) -> Month:
    """The month of `wanted`, or of the first free day; days are those of `timezone`.

    A wanted day in the past or beyond the window is ignored. Raises CalendarUnreachable.
    """
    today, earliest, last = _bounds(offer, timezone, services.now())

    def month_of(day: date, found: Sequence[DayView]) -> Month:
        first = day.replace(day=1)
        days = {one.date: one.slots for one in found if one.date.replace(day=1) == first}
        chosen = next((one for one in days if one >= day), next(iter(days), None))
        return Month(first, days, chosen, today, earliest, last)

    if wanted is not None and earliest <= wanted <= last:
        start = max(wanted.replace(day=1), earliest)
        found = await _find(services, snapshot, offer, timezone, start, _month_end(wanted))
        return month_of(wanted, found)
    start = earliest
    for _ in range(STRETCHES):
        end = _month_end(_month_end(start) + timedelta(days=1))
        if found := await _find(services, snapshot, offer, timezone, start, end):
            return month_of(found[0].date, found)
        start = end + timedelta(days=1)
        if start > last:
            break
    return msgspec.structs.replace(month_of(earliest, ()), is_full=start > last)


def empty_month(services: Services, offer: Offer, timezone: str, wanted: date | None) -> Month:
    """The month of `wanted` without times, for when the calendars cannot be read."""
    today, earliest, last = _bounds(offer, timezone, services.now())
    day = wanted if wanted is not None and earliest <= wanted <= last else earliest
    return Month(day.replace(day=1), {}, None, today, earliest, last)


async def nearest_slots(
    services: Services, snapshot: Snapshot, offer: Offer, timezone: str, start: int
) -> list[SlotView]:
    """The up to six offered times that are nearest to `start`, sorted; raises CalendarUnreachable."""
    _, earliest, last = _bounds(offer, timezone, services.now())
    middle = min(max(date.fromordinal(zones.date_at(zones.zone(timezone), start)), earliest), last)
    for reach in NEAR_DAYS:
        first, end = max(middle - NEAR_DAYS[0], earliest), min(middle + reach, last)
        found = await _find(services, snapshot, offer, timezone, first, end)
        slots = [slot for day in found for slot in day.slots]
        if slots:
            nearest = sorted(slots, key=lambda slot: abs(slot.start - start))[:NEAR]
            return sorted(nearest, key=lambda slot: slot.start)
    return []


async def _find(
    services: Services, snapshot: Snapshot, offer: Offer, timezone: str, first: date, last: date
) -> Sequence[DayView]:
    asked = SlotQuery(first=first, last=last, timezone=timezone)
    return (await list_slots(services, snapshot, offer, asked)).days


def _bounds(offer: Offer, timezone: str, now: int) -> tuple[date, date, date]:
    """Today in `timezone`, and the first and the last date there on which times can be offered."""
    zone, case = zones.zone(timezone), offer.case(now)
    today = zones.date_at(zone, now)
    windows = [window_starts(case, host) for host in case.groups[0]]
    start, end = min(first for first, _ in windows), max(last for _, last in windows)
    furthest = zones.date_start(zone, today + FURTHEST)
    earliest = zones.date_at(zone, min(max(start, now), furthest))
    last = zones.date_at(zone, min(max(end - 1, now), furthest))
    return date.fromordinal(today), date.fromordinal(earliest), date.fromordinal(max(earliest, last))


def month_range(day: date) -> tuple[date, date]:
    """The first and the last date of the day's month."""
    return day.replace(day=1), _month_end(day)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
