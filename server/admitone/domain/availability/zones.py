"""Time zones: conversions between instants, wall-clock times and local dates, all integers.

Instants are epoch seconds, dates are proleptic ordinals (`date.toordinal`), wall-clock times are seconds
after their date's 00:00. The zones are those of the tzdata package, so that no result depends on the
machine's own zone files.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

DAY = 86_400
EPOCH_DATE = date(1970, 1, 1).toordinal()
# The ends of Python's dates, less the time that windows and buffers can reach beyond a date.
FIRST_DATE = date(1, 1, 10).toordinal()
LAST_DATE = date(9999, 12, 20).toordinal()

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = (FIRST_DATE - EPOCH_DATE + 1) * DAY, (LAST_DATE - EPOCH_DATE) * DAY


@cache
def zone_names() -> frozenset[str]:
    """Every name that `zone` knows, links such as `US/Eastern` included."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of that name, always the same object. Raises KeyError if the name is not in `zone_names()`."""
    if name not in zone_names():
        raise KeyError(name)
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def same_time(one: str, other: str, now: int) -> bool:
    """Whether two zones have the same time throughout the year from `now` (epoch seconds), by any names."""
    starts = (datetime.fromtimestamp(now + days * DAY, UTC) for days in range(0, 365, 7))
    return one == other or all(
        start.astimezone(zone(one)).utcoffset() == start.astimezone(zone(other)).utcoffset()
        for start in starts
    )


def wall_instant(in_zone: ZoneInfo, ordinal: int, second: int) -> int:
    """The instant of a wall-clock time by RFC 5545, 3.3.5; `second` may pass midnight.

    In a gap the offset before the gap counts (02:30 becomes 03:30); in an overlap, the first time (`fold=0`).
    """
    wall = (ordinal - EPOCH_DATE) * DAY + second
    return wall - _seconds((_EPOCH + timedelta(seconds=wall)).replace(tzinfo=in_zone).utcoffset())


@lru_cache(maxsize=16_384)
def date_start(in_zone: ZoneInfo, ordinal: int) -> int:
    """The first instant of a local date: its midnight, or the end of the gap that skipped midnight.

    A date that does not exist (Apia's 2011-12-30) starts when the next one does.
    """
    midnight = (ordinal - EPOCH_DATE) * DAY
    start = wall_instant(in_zone, ordinal, 0)
    if _wall(in_zone, start) == midnight:
        return start
    before = start - 2 * DAY
    while start - before > 1:
        middle = (before + start) // 2
        if _wall(in_zone, middle) < midnight:
            before = middle
        else:
            start = middle
    return start


def date_exists(in_zone: ZoneInfo, ordinal: int) -> bool:
    """Whether the date exists; False for a date that the zone skipped."""
    return date_start(in_zone, ordinal) < date_start(in_zone, ordinal + 1)


def date_at(in_zone: ZoneInfo, at: int) -> int:
    """The local date of an instant: the last date that has started.

    It is the date that a calendar shows, with one exception: if clocks went back across midnight (St John's
    until 2010, at 00:01), the repeated hour belongs to the new date, so that dates are intervals. Instants
    before `FIRST_DATE` or after `LAST_DATE` count as on these dates.
    """
    at = min(max(at, _FIRST), _LAST)
    ordinal = datetime.fromtimestamp(at, in_zone).toordinal()
    while at >= date_start(in_zone, ordinal + 1):
        ordinal += 1
    return ordinal


def day_bounds(in_zone: ZoneInfo, at: int) -> tuple[int, int]:
    """The local day of an instant as [start, end)."""
    ordinal = date_at(in_zone, at)
    return date_start(in_zone, ordinal), date_start(in_zone, ordinal + 1)


def week_bounds(in_zone: ZoneInfo, at: int) -> tuple[int, int]:
    """The local ISO week, Monday to Sunday, of an instant as [start, end)."""
    ordinal = date_at(in_zone, at)
    monday = ordinal - (ordinal - 1) % 7
    return date_start(in_zone, monday), date_start(in_zone, monday + 7)


def _wall(in_zone: ZoneInfo, at: int) -> int:
    return at + _seconds((_EPOCH + timedelta(seconds=at)).astimezone(in_zone).utcoffset())


def _seconds(offset: timedelta | None) -> int:
    if offset is None:
        raise AssertionError("A ZoneInfo has an offset for every datetime.")
    return offset.days * DAY + offset.seconds


def zone_or_utc(name: str) -> ZoneInfo:
    """The zone of that name, or UTC: a version of tzdata can drop a zone that an older one had."""
    return zone(name if name in zone_names() else "UTC")
