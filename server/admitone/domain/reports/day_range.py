"""A range of days, as reports ask for one: dates in the reporting zone, both inclusive."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import invalid
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

MOST_DAYS = 366
USUAL_DAYS = 30
"""The days of a report that names no first day."""
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
"""Beyond these there is nothing to report, and arithmetic would leave the calendar."""
WEEK = 7


class DayRange(msgspec.Struct, frozen=True):
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def __len__(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        """Each day, in order."""
        return (self.first + timedelta(days=after) for after in range(len(self)))

    def months(self) -> Iterator[DayRange]:
        """These days by month: the last and the first month may be parts."""
        first = self.first
        while first <= self.last:
            following = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
            yield DayRange(first, min(self.last, following - timedelta(days=1)))
            first = following

    def before(self) -> DayRange:
        """The same number of days just before these."""
        return DayRange(self.first - timedelta(days=len(self)), self.first - timedelta(days=1))


def chosen_range(first: date | None, last: date | None, today: date) -> DayRange:
    """The range from the dates that were given; raises Invalid.

    Without a last day it ends today, or on its first day if that is later. Without a first one it has
    `USUAL_DAYS` days.
    """
    if last is None:
        last = today if first is None else max(today, first)
    if first is None:
        first = max(EARLIEST, last - timedelta(days=USUAL_DAYS - 1))
    refuse_wrong_range(first, last)
    return DayRange(first, last)


def refuse_wrong_range(first: date | None, last: date | None) -> None:
    """Raise Invalid for dates that are out of order, too far apart or beyond what there can be."""
    for field, day in (("to", last), ("from", first)):
        if day is not None and not EARLIEST <= day <= LATEST:
            raise invalid(field, message("Give a date from the year 2000 to 2999."))
    if first is None or last is None:
        return
    if last < first:
        raise invalid("to", message("This must not be before the first day."))
    if len(DayRange(first, last)) > MOST_DAYS:
        raise invalid("to", message("At most %(most)s days.", most=MOST_DAYS))


def week_of(day: date, week_start: int) -> date:
    """The first day of the week that a day belongs to; weeks start on `week_start`, of which 0 is Monday."""
    return day - timedelta(days=(day.weekday() - week_start) % WEEK)


def begin_of(day: date, zone: ZoneInfo) -> int:
    """The instant at which a day begins in a zone, in epoch seconds."""
    return int(datetime.combine(day, time(), zone).timestamp())
