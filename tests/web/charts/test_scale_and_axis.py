"""The scale of an axis, and which of its places are named."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.web.charts.axis import evenly, month_starts, rare
from admitone.web.charts.scale import MOST_STEPS, scale_for

COUNTS = st.integers(0, 10**12)


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (17, [0, 5, 10, 15, 20]),
        (86, [0, 50, 100]),
        (1_234_567, [0, 500_000, 1_000_000, 1_500_000]),
    ],
)
def test_an_axis_has_round_steps(most: int, ticks: list[int]) -> None:
    assert list(scale_for(most).ticks()) == ticks


@given(COUNTS)
def test_everything_fits_on_its_axis_which_has_few_steps_and_no_empty_one_at_the_top(most: int) -> None:
    scale = scale_for(most)
    assert scale.top >= most
    assert scale.top - scale.step < max(1, most)
    assert 1 <= scale.top // scale.step <= MOST_STEPS
    assert str(scale.step).rstrip("0") in {"1", "2", "5"}


@given(st.integers(0, 400))
def test_names_have_equal_distances_and_few_of_them_are_left_on_a_phone(places: int) -> None:
    named = evenly(places)
    assert len(named) <= 8
    assert len({after - before for before, after in pairwise(named)}) <= 1
    assert named == [] or (named[0] == 0 and named[-1] < places)
    assert rare(len(named)).count(False) <= 4


def test_a_long_axis_names_the_months_that_begin_on_it() -> None:
    days = [date(2026, 1, 15) + timedelta(days=after) for after in range(366)]
    starts = [days[place] for place in month_starts(days)]
    assert [(day.month, day.day) for day in starts] == [(month % 12 + 1, 1) for month in range(1, 13)]
    weeks = days[::7]
    assert [weeks[place].month for place in month_starts(weeks)] == [month % 12 + 1 for month in range(1, 13)]
    assert month_starts([date(2026, 1, 1), date(2026, 1, 2)]) == [0]
    assert month_starts([]) == []
