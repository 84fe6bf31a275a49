"""The calendar and the times of a page, in the shape that its templates draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.usecases.times.weeks_view import WEEK, Weeks

if TYPE_CHECKING:
    from admitone.domain.date_text import DateText


MOST_TIMES = 48
"""Times of a day that a page shows at once: all of a day from 8 to 20 by quarters of an hour."""


class Cell(msgspec.Struct, frozen=True):
    """One date of the calendar; `label` is the full date, None if no times are offered on it.

    `day` is the date in ISO 8601, `number` its day of the month, and `month` the short name of the month that
    begins with it. `href` is the address that shows the day.
    """

    day: str
    number: str
    month: str | None
    label: str | None
    href: str
    is_chosen: bool
    is_today: bool


class Time(msgspec.Struct, frozen=True):
    """One offered time; `value` is what the form sends; `day` is the date if several days are shown."""

    value: str
    label: str
    day: str | None
    is_highlighted: bool
    is_checked: bool


class Part(msgspec.Struct, frozen=True):
    """A part of a day that has very many times; `start` is its first time, in RFC 3339."""

    label: str
    start: str
    is_chosen: bool


class Picker(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor chooses from; with `is_nearest`, `times` are those around a time that is gone.

    A day with very many times is shown in `parts`; `times` are those of the chosen one.
    """

    shown: Weeks
    title: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[Sequence[Cell]]
    chosen: str | None
    times: Sequence[Time]
    parts: Sequence[Part]
    is_nearest: bool
    zone: str
    city: str
    offset: str
    clock: str
    now: int
    highlight: int | None


def draw(
    text: DateText,
    shown: Weeks,
    now: int,
    *,
    highlight: int | None = None,
    checked: int | None = None,
    since: int | None = None,
    nearest: Sequence[int] = (),
    around_date: tuple[str, str] = ("", ""),
) -> Picker:
    """The picker of some weeks; only the time that the visitor has chosen already (`checked`) is chosen.

    `since` is the first time of the part to show of the day. `around_date` is what stands before and after
    the date in the address of a day.
    """
    starts = shown.days.get(shown.chosen, ()) if shown.chosen else ()
    parts, place = _parts(starts, (since, checked, highlight))
    return Picker(
        shown=shown,
        title=text.months(max(shown.first, shown.today), shown.last),
        weekdays=text.weekdays(),
        weeks=_weeks(text, shown, around_date),
        chosen=text.day(shown.chosen) if shown.chosen else None,
        times=[
            Time(
                value=_value(start),
                label=text.time(start),
                day=text.day_short(text.date(start)) if nearest else None,
                is_highlighted=start == highlight,
                is_checked=start == checked,
            )
            for start in nearest or parts[place]
        ],
        parts=[
            Part(
                label=text.between(text.time(part[0]), text.time(part[-1])),
                start=_value(part[0]),
                is_chosen=part is parts[place],
            )
            for part in parts
            if len(parts) > 1 and not nearest
        ],
        is_nearest=bool(nearest),
        zone=text.zone.key,
        city=text.city(),
        offset=text.offset(now),
        clock=text.time(now),
        now=now,
        highlight=highlight,
    )


@lru_cache(maxsize=8192)
def _value(start: int) -> str:
    """What a form sends for a start, in RFC 3339; the same ones are shown again and again."""
    return Instant(start).text()


def _parts(starts: Sequence[int], wanted: Sequence[int | None]) -> tuple[Sequence[Sequence[int]], int]:
    """The starts of a day in parts of equal length, and the place of the part with the first wanted start."""
    count = -(-len(starts) // MOST_TIMES) or 1
    length = -(-len(starts) // count)
    parts = [starts[place * length : (place + 1) * length] for place in range(count)]
    there = next((start for start in wanted if start in starts), None)
    return parts, 0 if there is None else starts.index(there) // length


def _weeks(text: DateText, shown: Weeks, around_date: tuple[str, str]) -> list[list[Cell]]:
    first = shown.first.toordinal()
    days = [date.fromordinal(ordinal) for ordinal in range(first, shown.last.toordinal() + 1)]
    cells = [_cell(text, shown, day, around_date) for day in days]
    return [cells[place : place + WEEK] for place in range(0, len(cells), WEEK)]


def _cell(text: DateText, shown: Weeks, day: date, around_date: tuple[str, str]) -> Cell:
    iso, (before, after) = day.isoformat(), around_date
    return Cell(
        day=iso,
        number=str(day.day),
        month=text.month_short(day) if day.day == 1 else None,
        label=text.day(day) if day in shown.days else None,
        href=f"{before}{iso}{after}#start",
        is_chosen=day == shown.chosen,
        is_today=day == shown.today,
    )
