"""A schedule in the form that the API uses: weekly hours in a time zone, and date overrides.

`{"timezone": "Europe/Paris", "weekly": {"mon": [["09:00", "17:00"]]}, "overrides": {"2026-12-24": []}}`
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.zones import DAY, FIRST_DATE, LAST_DATE, zone_names
from admitone.domain.errors import FieldError
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

Window = tuple[str, str]

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?|24:00(:00)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Weekly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Windows by weekday; a day left out is closed."""

    mon: tuple[Window, ...] = ()
    tue: tuple[Window, ...] = ()
    wed: tuple[Window, ...] = ()
    thu: tuple[Window, ...] = ()
    fri: tuple[Window, ...] = ()
    sat: tuple[Window, ...] = ()
    sun: tuple[Window, ...] = ()

    def days(self) -> tuple[tuple[Window, ...], ...]:
        """The windows of Monday to Sunday, in the order of `date.weekday`."""
        return self.mon, self.tue, self.wed, self.thu, self.fri, self.sat, self.sun


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weekly hours and date overrides; msgspec checks the shape, `problems` the rest."""

    timezone: str
    weekly: Weekly = Weekly()
    overrides: dict[str, tuple[Window, ...]] = {}

    def problems(self) -> list[FieldError]:
        """The errors, each with its place: `timezone`, `weekly.mon.0`, `overrides.2026-12-24.1`.

        Only a schedule without problems can be compiled.
        """
        return [FieldError(field, text) for field, text in _problems(self)]


def clock_seconds(text: str) -> int:
    """Seconds after 00:00 of `HH:MM` or `HH:MM:SS`, up to `24:00`. Raises ValueError for anything else."""
    if not _CLOCK.fullmatch(text):
        raise ValueError(text)
    hours, minutes, *seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + sum(seconds)


def window_seconds(window: Window) -> tuple[int, int]:
    """A window as seconds after its date's 00:00; an end not after its start runs past midnight."""
    start, end = map(clock_seconds, window)
    return start, end if end > start else end + DAY


def override_date(text: str) -> int:
    """The ordinal of a `YYYY-MM-DD` date. Raises ValueError for anything else."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text).toordinal()


def _problems(schedule: Schedule) -> Iterator[tuple[str, str]]:
    if schedule.timezone not in zone_names():
        yield (
            "timezone",
            message(
                "“%(name)s” is not a time zone; use a name such as Europe/Paris.", name=schedule.timezone
            ),
        )
    for day, windows in zip(Weekly.__struct_fields__, schedule.weekly.days(), strict=True):
        yield from _window_problems(f"weekly.{day}", windows)
    for day, windows in schedule.overrides.items():
        try:
            in_reach = FIRST_DATE <= override_date(day) <= LAST_DATE
        except ValueError:
            in_reach = False
        if not in_reach:
            yield f"overrides.{day}", message("“%(text)s” is not a date; write YYYY-MM-DD.", text=day)
        yield from _window_problems(f"overrides.{day}", windows)


def _window_problems(field: str, windows: tuple[Window, ...]) -> Iterator[tuple[str, str]]:
    for index, window in enumerate(windows):
        for text in window:
            if not _CLOCK.fullmatch(text):
                yield (
                    f"{field}.{index}",
                    message("“%(text)s” is not a time of day; write HH:MM, 00:00 to 24:00.", text=text),
                )
