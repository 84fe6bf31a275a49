"""The calendar and the times of a page, in the shape that its templates draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from admitone.usecases.times.month_view import Month

if TYPE_CHECKING:
    from admitone.domain.date_text import DateText
    from admitone.usecases.times.availability import SlotView

WEEK = 7


class Cell(msgspec.Struct, frozen=True):
    """One date of the calendar; `label` is the full date, `times` the number of times offered on it."""

    day: date
    label: str
    times: int
    is_chosen: bool
    is_today: bool
    is_inside: bool


class Time(msgspec.Struct, frozen=True):
    """One offered time; `value` is what the form sends; `day` is the date if several days are shown."""

    value: str
    label: str
    until: str
    day: str | None
    is_highlighted: bool
    is_checked: bool


class Picker(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor chooses from; with `is_nearest`, `times` are those around a time that is gone."""

    month: Month
    title: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[Sequence[Cell]]
    chosen: str | None
    times: Sequence[Time]
    is_nearest: bool
    zone: str
    city: str
    offset: str
    clock: str
    now: int
    highlight: int | None


def draw(
    text: DateText,
    month: Month,
    now: int,
    *,
    highlight: int | None = None,
    checked: int | None = None,
    nearest: Sequence[SlotView] = (),
) -> Picker:
    """The picker of `month`; only the time that the visitor has chosen already (`checked`) is chosen."""
    slots = month.days.get(month.chosen, ()) if month.chosen else ()
    return Picker(
        month=month,
        title=text.month(month.first),
        weekdays=text.weekdays(),
        weeks=_weeks(text, month),
        chosen=text.day(month.chosen) if month.chosen else None,
        times=[
            Time(
                value=slot.start.text(),
                label=text.time(slot.start),
                until=text.time(slot.end),
                day=text.day_short(text.date(slot.start)) if nearest else None,
                is_highlighted=slot.start == highlight,
                is_checked=slot.start == checked,
            )
            for slot in nearest or slots
        ],
        is_nearest=bool(nearest),
        zone=text.zone.key,
        city=text.city(),
        offset=text.offset(now),
        clock=text.time(now),
        now=now,
        highlight=highlight,
    )


def _weeks(text: DateText, month: Month) -> list[list[Cell]]:
    """The weeks of the month, without those that are over."""
    from_day = max(month.first, month.today)
    start = from_day - timedelta(days=(from_day.weekday() - text.reader.week_start) % WEEK)
    days = [start + timedelta(days=place) for place in range(6 * WEEK)]
    weeks = [days[place : place + WEEK] for place in range(0, len(days), WEEK)]
    return [
        [_cell(text, month, day) for day in week]
        for week in weeks
        if week[0].month == month.first.month or week[-1].month == month.first.month
    ]


def _cell(text: DateText, month: Month, day: date) -> Cell:
    return Cell(
        day=day,
        label=text.day(day),
        times=len(month.days.get(day, ())),
        is_chosen=day == month.chosen,
        is_today=day == month.today,
        is_inside=day.month == month.first.month,
    )
