"""The days that a calendar shows together."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from admitone.usecases.times.weeks_view import SHOWN, WEEK, weeks_around

DATES = st.dates(date(2020, 1, 1), date(2040, 1, 1))
WEEK_STARTS = st.integers(0, 6)


def test_at_a_months_end_five_weeks_are_shown() -> None:
    monday = date(2026, 11, 30)
    assert weeks_around(monday, monday, 0) == (monday, date(2027, 1, 3))


def test_in_the_middle_of_a_week_its_rest_is_shown_as_well() -> None:
    wednesday = date(2026, 11, 18)
    assert weeks_around(wednesday, wednesday, 0) == (date(2026, 11, 16), date(2026, 12, 27))
    assert weeks_around(wednesday, wednesday, 6) == (date(2026, 11, 15), date(2026, 12, 26))


@given(today=DATES, ahead=st.integers(0, 4000), week_start=WEEK_STARTS)
def test_whole_weeks_around_the_day(today: date, ahead: int, week_start: int) -> None:
    day = today + timedelta(days=ahead)
    first, last = weeks_around(today, day, week_start)
    assert first <= day <= last
    assert first.weekday() == week_start
    assert ((last - first).days + 1) % WEEK == 0
    assert SHOWN <= (last - first).days + 1 <= SHOWN + WEEK


@given(today=DATES, week_start=WEEK_STARTS)
def test_the_first_weeks_have_five_from_today_on(today: date, week_start: int) -> None:
    first, last = weeks_around(today, today, week_start)
    assert (today - first).days < WEEK
    assert (last - today).days + 1 >= SHOWN


@given(today=DATES, ahead=st.integers(0, 4000), week_start=WEEK_STARTS)
def test_each_day_is_in_one_calendar(today: date, ahead: int, week_start: int) -> None:
    first, last = weeks_around(today, today + timedelta(days=ahead), week_start)
    assert weeks_around(today, last, week_start) == (first, last)
    assert weeks_around(today, max(first, today), week_start) == (first, last)
    assert weeks_around(today, last + timedelta(days=1), week_start)[0] == last + timedelta(days=1)
