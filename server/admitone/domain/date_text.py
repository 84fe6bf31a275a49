"""Dates and times as text, for one reader in one zone."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from babel import dates, units

from admitone.domain.availability import zones
from admitone.domain.people.zone_search import city_in

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from admitone.domain.people.reader import Reader

HOUR = 60
LONG = 48
"""From so many hours on a duration is said in days."""


class DateText:
    """Writes instants (epoch seconds) and dates as `reader` writes them, in `zone`."""

    def __init__(self, reader: Reader, zone: ZoneInfo) -> None:
        self.reader = reader
        self.zone = zone
        self._clock_skeleton = "hm" if reader.clock == "h12" else "Hm"

    def date(self, at: int) -> datetime.date:
        """The date of an instant."""
        return datetime.date.fromordinal(zones.date_at(self.zone, at))

    def day(self, day: datetime.date, *, year: bool = False) -> str:
        """`Thursday, December 3`, with the year if asked for."""
        locale = self.reader.locale
        if year:
            return dates.format_date(day, "full", locale=locale)
        short = str(locale.datetime_skeletons["MMMEd"].pattern)  # CLDR has no longer pattern without a year
        return dates.format_date(day, re.sub("M+", "MMMM", re.sub("[Ec]+", "EEEE", short)), locale=locale)

    def day_short(self, day: datetime.date) -> str:
        """`Thu, Dec 3`."""
        return self._skeleton("MMMEd", day)

    def day_and_month(self, day: datetime.date) -> str:
        """`December 3`."""
        return self._skeleton("MMMMd", day)

    def months(self, first: datetime.date, last: datetime.date) -> str:
        """`December 2026 – January 2027`, or `December 2026` if both are in it."""
        return dates.format_interval(first, last, "yMMMM", locale=self.reader.locale)

    def month_short(self, day: datetime.date) -> str:
        """`Dec`."""
        return self._skeleton("MMM", day)

    def time(self, at: int) -> str:
        """`10:30`, or `10:30 AM`."""
        return self._skeleton(self._clock_skeleton, self._local(at))

    def span(self, start: int, end: int) -> str:
        """`10:30–11:00`, by the reader's clock; with the second date if it ends on another day."""
        if self.date(end) != self.date(start):
            return f"{self.time(start)} – {self.day_and_time(end)}"
        return dates.format_interval(
            self._local(start), self._local(end), self._clock_skeleton, locale=self.reader.locale
        )

    def day_and_time(self, at: int) -> str:
        """`Thu, Dec 3, 10:30`."""
        return f"{self.day_short(self.date(at))}, {self.time(at)}"

    def weekdays(self) -> list[tuple[str, str]]:
        """The short and the whole name of each day of the week, from the reader's first."""
        locale = self.reader.locale
        short = dates.get_day_names("abbreviated", "stand-alone", locale)
        whole = dates.get_day_names("wide", "stand-alone", locale)
        days = [(self.reader.week_start + place) % 7 for place in range(7)]
        return [(str(short[day]), str(whole[day])) for day in days]

    def duration(self, minutes: int) -> str:
        """`30 minutes`, `1 hour 30 minutes`, `24 hours`, `2 days`."""
        hours, rest = divmod(minutes, HOUR)
        days, hours = divmod(hours, 24) if hours >= LONG else (0, hours)
        parts = ((days, "duration-day"), (hours, "duration-hour"), (rest, "duration-minute"))
        locale = self.reader.locale
        said = [units.format_unit(amount, unit, locale=locale) for amount, unit in parts if amount]
        return " ".join(said)

    def city(self) -> str:
        """The city that the zone is named after, such as `New York`."""
        return city_in(self.zone.key, self.reader.locale)

    def offset(self, at: int) -> str:
        """`GMT−5`, `GMT+5:30`."""
        offset = self._local(at).utcoffset()
        assert offset is not None
        minutes = int(offset.total_seconds()) // 60
        hours, rest = divmod(abs(minutes), HOUR)
        if not minutes:
            return "GMT"
        return f"GMT{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"

    def _skeleton(self, skeleton: str, value: datetime.date | datetime.datetime) -> str:
        return dates.format_skeleton(skeleton, value, locale=self.reader.locale)

    def _local(self, at: int) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(at, datetime.UTC).astimezone(self.zone)
