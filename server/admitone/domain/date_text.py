"""Dates and times as text, for one reader in one zone."""

from __future__ import annotations

import datetime
import functools
import re
from typing import TYPE_CHECKING

from babel import Locale, dates
from babel.lists import format_list

from admitone.domain.availability import zones
from admitone.domain.people.zone_search import city_in
from admitone.texts.message import count_message, message
from admitone.texts.translator import translator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from admitone.domain.people.reader import Reader

HOUR = 60
WEEK = 7 * 86_400
LONG = 48
"""From so many hours on a duration is said in days."""
_YEAR = re.compile(r"(?:'[^']*'|[^A-Za-z'])*y+(?:'[^']*'|[^A-Za-z'])*")
"""The year in a pattern of CLDR, with the words and signs around it: ` 'de' y`, `, y`, `y年`."""


class DateText:
    """Writes instants (epoch seconds) and dates as `reader` writes them, in `zone`.

    Orders, words and signs are CLDR's. Digits are 0 to 9 in every language, also in Arabic.
    """

    def __init__(self, reader: Reader, zone: ZoneInfo) -> None:
        self.reader = reader
        self.zone = zone
        self._locale = str(reader.locale)
        self._clock_skeleton = "hm" if reader.clock == "h12" else "Hm"

    def elsewhere(self, zone_name: str) -> DateText:
        """The same reader's dates and times in another zone; raises KeyError for an unknown zone."""
        return DateText(self.reader, zones.zone(zone_name))

    def date(self, at: int) -> datetime.date:
        """The date of an instant."""
        return datetime.date.fromordinal(zones.date_at(self.zone, at))

    def day(self, day: datetime.date, *, year: bool = False) -> str:
        """`Thursday, December 3`, with the year if asked for."""
        return _day_with_year(self._locale, day) if year else _day(self._locale, day)

    def day_short(self, day: datetime.date, *, year: bool = False) -> str:
        """`Thu, Dec 3`, with the year if asked for."""
        return self._skeleton("yMMMEd" if year else "MMMEd", day)

    def day_and_month(self, day: datetime.date) -> str:
        """`December 3`."""
        return self._skeleton("MMMMd", day)

    def day_and_month_short(self, day: datetime.date) -> str:
        """`Dec 3`."""
        return self._skeleton("MMMd", day)

    def days(self, first: datetime.date, last: datetime.date) -> str:
        """`Dec 3, 2026 – Jan 2, 2027`, or `Dec 3, 2026` if they are the same."""
        return dates.format_interval(first, last, "yMMMd", locale=self.reader.locale)

    def months(self, first: datetime.date, last: datetime.date) -> str:
        """`December 2026 – January 2027`, or `December 2026` if both are in it."""
        return _months(self._locale, first, last)

    def month_short(self, day: datetime.date) -> str:
        """`Dec`."""
        return self._skeleton("MMM", day)

    def time(self, at: int) -> str:
        """`10:30`, or `10:30 AM`."""
        return _time_at(self._locale, self._clock_skeleton, self.zone, at)

    def span(self, start: int, end: int) -> str:
        """`10:30–11:00`, by the reader's clock; with the second date if it ends on another day."""
        if self.date(end) != self.date(start):
            return self.between(self.time(start), self.day_and_time(end))
        said = _interval(self._locale, self._clock_skeleton, self.zone, start, end)
        # In Japanese CLDR has other signs between hours and minutes here than in a time alone.
        if _without_blanks(self.time(end)) in _without_blanks(said):
            return said
        return self.between(self.time(start), self.time(end))

    def day_and_time(self, at: int, *, year: bool = False) -> str:
        """`Thu, Dec 3, 10:30`, with the year if asked for."""
        return self.joined(self.day_short(self.date(at), year=year), self.time(at))

    def day_and_span(self, start: int, end: int, *, year: bool = False) -> str:
        """`Thursday, December 3, 10:30–11:00`, with the year if asked for."""
        return self.joined(self.day(self.date(start), year=year), self.span(start, end))

    def weekdays(self) -> list[tuple[str, str]]:
        """The short and the whole name of each day of the week, from the reader's first."""
        days, first = _weekdays(self._locale), self.reader.week_start
        return [*days[first:], *days[:first]]

    def ago(self, at: int, now: int) -> str:
        """`3 minutes ago`, at least 1; from a week on the date."""
        if now - at >= WEEK:
            return self.day_short(self.date(at), year=self.date(at).year != self.date(now).year)
        return dates.format_timedelta(
            datetime.timedelta(seconds=min(at - now, -60)),
            add_direction=True,
            threshold=1,
            locale=self.reader.locale,
        )

    def duration(self, minutes: int) -> str:
        """`30 minutes`, `1 hour 30 minutes`, `24 hours`, `2 days`."""
        return _duration(self.reader.language, minutes)

    def city(self) -> str:
        """The city that the zone is named after, such as `New York`."""
        return _city(self._locale, self.zone.key)

    def offset(self, at: int) -> str:
        """`GMT−5`, `GMT+5:30`."""
        offset = self._local(at).utcoffset()
        assert offset is not None
        minutes = int(offset.total_seconds()) // 60
        hours, rest = divmod(abs(minutes), HOUR)
        if not minutes:
            return "GMT"
        return f"GMT{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"

    def names(self, names: Sequence[str]) -> str:
        """`Hanna, Max and Olga`."""
        return format_list(names, "standard", self.reader.locale)

    def joined(self, day: str, time: str) -> str:
        """A day and a time: `Thu, Dec 3, 10:30`."""
        return self.reader.texts.say(message("%(day)s, %(time)s", day=day, time=time))

    def between(self, first: str, last: str) -> str:
        """From one time to another, by CLDR's `intervalFormatFallback`."""
        pattern = str(self.reader.locale.interval_formats[None])
        return pattern.replace("{0}", first).replace("{1}", last)

    def _skeleton(self, skeleton: str, day: datetime.date) -> str:
        return _skeleton(self._locale, skeleton, day)

    def _local(self, at: int) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(at, self.zone)


# Babel takes 20 to 80 µs for a text, and a page has fifty: the texts of some locales are remembered.


@functools.lru_cache(maxsize=8192)
def _day(locale: str, day: datetime.date) -> str:
    found = Locale.parse(locale)
    if "MMMMEEEEd" in found.datetime_skeletons:
        return dates.format_skeleton("MMMMEEEEd", day, locale=found)
    return dates.format_date(day, _YEAR.sub("", found.date_formats["full"].pattern), locale=found)


@functools.lru_cache(maxsize=8192)
def _day_with_year(locale: str, day: datetime.date) -> str:
    return dates.format_date(day, "full", locale=Locale.parse(locale))


@functools.lru_cache(maxsize=8192)
def _skeleton(locale: str, skeleton: str, day: datetime.date) -> str:
    return dates.format_skeleton(skeleton, day, locale=Locale.parse(locale))


@functools.lru_cache(maxsize=8192)
def _time_at(locale: str, skeleton: str, zone: ZoneInfo, at: int) -> str:
    local = datetime.datetime.fromtimestamp(at, zone)
    return _time(locale, skeleton, local.hour, local.minute)


@functools.lru_cache(maxsize=1024)
def _interval(locale: str, skeleton: str, zone: ZoneInfo, start: int, end: int) -> str:
    first, last = (datetime.datetime.fromtimestamp(at, zone) for at in (start, end))
    return dates.format_interval(first, last, skeleton, locale=Locale.parse(locale))


@functools.lru_cache(maxsize=8192)
def _time(locale: str, skeleton: str, hour: int, minute: int) -> str:
    any_day = datetime.datetime(2000, 1, 1, hour, minute, tzinfo=datetime.UTC)
    return dates.format_skeleton(skeleton, any_day, locale=Locale.parse(locale))


@functools.lru_cache(maxsize=1024)
def _city(locale: str, zone: str) -> str:
    return city_in(zone, Locale.parse(locale))


@functools.lru_cache(maxsize=1024)
def _months(locale: str, first: datetime.date, last: datetime.date) -> str:
    return dates.format_interval(first, last, "yMMMM", locale=Locale.parse(locale))


@functools.lru_cache(maxsize=1024)
def _duration(language: str, minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    days, hours = divmod(hours, 24) if hours >= LONG else (0, hours)
    counts = (
        (days, count_message("%(count)s day", "%(count)s days", count=days)),
        (hours, count_message("%(count)s hour", "%(count)s hours", count=hours)),
        (rest, count_message("%(count)s minute", "%(count)s minutes", count=rest)),
    )
    said = (text for amount, text in counts if amount)
    return translator(language).say(
        functools.reduce(
            lambda first, second: message("%(longer)s %(shorter)s", longer=first, shorter=second), said
        )
    )


@functools.lru_cache(maxsize=64)
def _weekdays(locale: str) -> list[tuple[str, str]]:
    """The short and the whole name of each day of the week, from Monday."""
    found = Locale.parse(locale)
    short = dates.get_day_names("abbreviated", "stand-alone", found)
    whole = dates.get_day_names("wide", "stand-alone", found)
    return [(str(short[day]), str(whole[day])) for day in range(7)]


def _without_blanks(text: str) -> str:
    return "".join(text.split())
