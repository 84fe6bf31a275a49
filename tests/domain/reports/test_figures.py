"""The names of counters, and the buckets of times."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.reports.figures import (
    CHANGES,
    FIGURES,
    RESERVED,
    ROW,
    TIME_NAMES,
    Figures,
    month_of,
    place_of,
)
from admitone.domain.reports.spans import bucket_of, median_minutes

YEAR = 366 * 24 * 60


def test_every_counter_of_a_month_has_a_place_of_its_own() -> None:
    days = [date(2026, 1, day) for day in range(1, 32)]
    figures = [place_of(figure, day) for day in days for figure in FIGURES]
    times = [place_of(name, day) for day in days for name in TIME_NAMES]
    assert [*figures, CHANGES, *times] == list(range(len(figures) + 1 + len(times)))
    assert (RESERVED - 1) * ROW <= max(times) < RESERVED * ROW


def test_every_figure_is_a_field_of_figures() -> None:
    assert Figures.__struct_fields__ == FIGURES


def test_a_month_sorts_as_text() -> None:
    assert month_of(date(2026, 3, 9)) == "2026-03"


@given(st.integers(0, YEAR))
def test_a_median_differs_from_the_time_by_a_tenth_and_a_minute_at_most(minutes: int) -> None:
    shown = median_minutes({bucket_of(minutes * 60 + 59): 1})
    assert shown is not None
    assert abs(shown - minutes) <= minutes / 10 + 1


def test_the_median_is_the_time_in_the_middle() -> None:
    counts = {bucket_of(minutes * 60): 1 for minutes in (1, 5, 9)}
    assert median_minutes(counts) == 5
    assert median_minutes({}) is None


def test_a_longer_time_has_no_earlier_bucket() -> None:
    buckets = [bucket_of(minutes * 60) for minutes in range(0, YEAR, 7)]
    assert buckets == sorted(buckets)


@pytest.mark.parametrize("seconds", [-5, 0, 59])
def test_a_time_below_a_minute_is_in_the_first_bucket(seconds: int) -> None:
    assert bucket_of(seconds) == 0
