"""The weeks that a calendar shows first, or when the customer turns to other ones, and the opened day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability import zones
from admitone.domain.availability.blocks import window_starts
from admitone.usecases.times.availability import Offer, SlotQuery, list_slots

if TYPE_CHECKING:
    from admitone.domain.availability.days import Day
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

FURTHEST = 3660
"""How many days ahead a calendar can be turned: the longest rolling window."""
WEEK = 7
SHOWN = 5 * WEEK
"""How many days from today on a calendar shows at once; a few more to the end of the week."""
STRETCHES = 10
"""How many calendars are searched for the first free day: about a year."""
NEAR_DAYS = (timedelta(days=14), timedelta(days=42))
NEAR = 6
"""How many times are offered instead of one that was taken."""


class Weeks(msgspec.Struct, frozen=True, kw_only=True):
    """Some whole weeks of a calendar, from `first` to `last`; `days` has the starts of days with times.

    Times can be offered from `earliest` to `latest`. `before` is the first day of the weeks before. `chosen`
    is the day whose times are shown, None if no day of these weeks has any. `is_full`: no week has any.
    """

    first: date
    last: date
    before: date
    days: Mapping[date, Sequence[int]]
    chosen: date | None
    today: date
    earliest: date
    latest: date
    is_full: bool = False

    @property
    def earlier(self) -> date | None:
        """The day to ask for to see the weeks before, if anything can be offered in them."""
        return max(self.before, self.earliest) if self.first > self.earliest else None

    @property
    def later(self) -> date | None:
        """The day to ask for to see the weeks after, if anything can be offered in them."""
        return self.last + timedelta(days=1) if self.last < self.latest else None


async def view_weeks(
    services: Services,
    snapshot: Snapshot,
    offer: Offer,
    timezone: str,
    wanted: date | None,
    *,
    week_start: int,
) -> Weeks:
    """The weeks of `wanted`, or of the first free day; days are those of `timezone`.

    `week_start` is the first day of a week, 0 is Monday. A wanted day in the past or beyond the window is
    ignored. Raises CalendarUnreachable.
    """
    bounds = _bounds(offer, timezone, services.now())
    today, earliest, latest = bounds
    is_wanted = wanted is not None and earliest <= wanted <= latest
    day = wanted if is_wanted and wanted else earliest
    for _ in range(1 if is_wanted else STRETCHES):
        first, last = weeks_around(today, day, week_start)
        begin, end = max(first, earliest), min(last, latest)
        found = await _find(services, snapshot, offer, timezone, begin, end)
        if found or is_wanted:
            return _weeks(bounds, day, week_start, found)
        day = last + timedelta(days=1)
        if day > latest:
            break
    return msgspec.structs.replace(_weeks(bounds, earliest, week_start, ()), is_full=day > latest)


def empty_weeks(
    services: Services, offer: Offer, timezone: str, wanted: date | None, *, week_start: int
) -> Weeks:
    """The weeks of `wanted` without times, for when the calendars cannot be read."""
    bounds = _bounds(offer, timezone, services.now())
    _, earliest, latest = bounds
    day = wanted if wanted is not None and earliest <= wanted <= latest else earliest
    return _weeks(bounds, day, week_start, ())


def weeks_around(today: date, day: date, week_start: int) -> tuple[date, date]:
    """The first and the last date of the weeks that a calendar shows together with `day`.

    The first ones begin with the week of today and have at least 35 days from today on. Then follow five
    weeks at a time, so that each day is always shown among the same ones.
    """
    first = today - timedelta(days=(today.weekday() - week_start) % WEEK)
    weeks = -(-((today - first).days + SHOWN) // WEEK)
    last = first + timedelta(days=weeks * WEEK - 1)
    if day <= last:
        return first, last
    first = last + timedelta(days=1 + ((day - last).days - 1) // SHOWN * SHOWN)
    return first, first + timedelta(days=SHOWN - 1)


def _weeks(bounds: tuple[date, date, date], day: date, week_start: int, found: Sequence[Day]) -> Weeks:
    """The weeks around `day` with the times that were found in them."""
    today, earliest, latest = bounds
    first, last = weeks_around(today, day, week_start)
    days = {one.date: one.starts for one in found}
    return Weeks(
        first=first,
        last=last,
        before=weeks_around(today, first - timedelta(days=1), week_start)[0],
        days=days,
        chosen=next((one for one in days if one >= day), next(iter(days), None)),
        today=today,
        earliest=earliest,
        latest=latest,
    )


async def nearest_slots(
    services: Services, snapshot: Snapshot, offer: Offer, timezone: str, start: int
) -> list[int]:
    """The up to six offered starts that are nearest to `start`, sorted; raises CalendarUnreachable."""
    _, earliest, last = _bounds(offer, timezone, services.now())
    middle = min(max(date.fromordinal(zones.date_at(zones.zone(timezone), start)), earliest), last)
    for reach in NEAR_DAYS:
        first, end = max(middle - NEAR_DAYS[0], earliest), min(middle + reach, last)
        found = await _find(services, snapshot, offer, timezone, first, end)
        if found:
            starts = (at for day in found for at in day.starts)
            return sorted(sorted(starts, key=lambda at: abs(at - start))[:NEAR])
    return []


async def _find(
    services: Services, snapshot: Snapshot, offer: Offer, timezone: str, first: date, last: date
) -> Sequence[Day]:
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
