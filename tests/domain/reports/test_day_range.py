"""Ranges of days: their defaults, their limits, and the days before."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from admitone.domain.errors import Invalid
from admitone.domain.reports.day_range import DayRange, begin_of, chosen_range, week_of

TODAY = date(2026, 11, 18)


def test_a_range_without_dates_is_the_last_thirty_days() -> None:
    assert chosen_range(None, None, TODAY) == DayRange(date(2026, 10, 20), TODAY)
    assert len(chosen_range(None, None, TODAY)) == 30


def test_a_range_without_an_end_is_up_to_today_or_its_first_day() -> None:
    assert chosen_range(date(2026, 11, 1), None, TODAY) == DayRange(date(2026, 11, 1), TODAY)
    tomorrow = date(2026, 11, 19)
    assert chosen_range(tomorrow, None, TODAY) == DayRange(tomorrow, tomorrow)


def test_a_range_is_read_by_months() -> None:
    assert list(DayRange(date(2027, 12, 30), date(2028, 3, 1)).months()) == [
        DayRange(date(2027, 12, 30), date(2027, 12, 31)),
        DayRange(date(2028, 1, 1), date(2028, 1, 31)),
        DayRange(date(2028, 2, 1), date(2028, 2, 29)),
        DayRange(date(2028, 3, 1), date(2028, 3, 1)),
    ]
    one = DayRange(date(2026, 11, 18), date(2026, 11, 18))
    assert list(one.months()) == [one]


def test_a_range_may_end_in_the_future_and_have_366_days() -> None:
    assert len(chosen_range(date(2026, 1, 1), date(2027, 1, 1), TODAY)) == 366


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 11, 18), date(2026, 11, 17), "to"),
        (date(2026, 1, 1), date(2027, 1, 2), "to"),
        (date(1999, 12, 31), date(2000, 1, 1), "from"),
        (date.min, None, "from"),
        (None, date.max, "to"),
    ],
)
def test_a_wrong_range_is_refused_with_its_field(first: date | None, last: date | None, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        chosen_range(first, last, TODAY)
    assert [error.field for error in refused.value.errors] == [field]


def test_the_days_before_are_as_many() -> None:
    days = DayRange(date(2026, 3, 1), date(2026, 3, 3))
    assert days.before() == DayRange(date(2026, 2, 26), date(2026, 2, 28))
    assert list(days) == [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)]


@pytest.mark.parametrize(
    ("day", "week_start", "begins"),
    [
        (date(2026, 11, 18), 0, date(2026, 11, 16)),
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
        (date(2026, 11, 18), 6, date(2026, 11, 15)),
        (date(2026, 11, 15), 6, date(2026, 11, 15)),
        (date(2026, 11, 15), 0, date(2026, 11, 9)),
        (date(2026, 1, 1), 5, date(2025, 12, 27)),
    ],
)
def test_a_week_begins_on_the_day_that_the_reader_knows(day: date, week_start: int, begins: date) -> None:
    assert week_of(day, week_start) == begins


def test_a_day_begins_at_midnight_of_its_zone() -> None:
    assert begin_of(date(2026, 11, 18), ZoneInfo("UTC")) == 1_794_960_000
    assert begin_of(date(2026, 11, 18), ZoneInfo("Europe/Paris")) == 1_794_960_000 - 3600
