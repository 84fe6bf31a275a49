"""Charts stay within their frame, whatever they show, and their lengths are those of their values."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.web.charts.columns import ABOVE, BELOW, PLOT, Place, draw_columns
from admitone.web.charts.funnel import NECK, Step, draw_funnel
from admitone.web.charts.rows import WIDEST, Amount, Line, draw_rows

VALUES = st.lists(st.one_of(st.integers(0, 30), st.integers(0, 10**12)), max_size=120)
MIRRORED = st.booleans()
CLOSE = 0.01


@given(VALUES, MIRRORED)
def test_columns_stay_within_the_plot_and_do_not_overlap(values: list[int], is_mirrored: bool) -> None:
    places = [Place(value, str(value)) for value in values]
    names = [(at, str(at)) for at in range(0, len(values), 30)]
    chart = draw_columns(places, names, str, is_mirrored=is_mirrored)
    assert [int(column.text) for column in chart.columns] == values
    for column in chart.columns:
        assert -CLOSE <= column.x <= column.x + column.width <= 100 + CLOSE
        assert ABOVE - CLOSE <= column.y <= ABOVE + PLOT
        assert abs(column.y + column.height - chart.base) < CLOSE
        assert column.x < column.middle < column.x + column.width
    across = chart.columns[::-1] if is_mirrored else chart.columns
    assert all(one.x + one.width <= other.x + CLOSE for one, other in pairwise(across))
    assert [mark.label for mark in chart.marks] == [name for _, name in names]
    assert [tick.y for tick in chart.ticks] == sorted((tick.y for tick in chart.ticks), reverse=True)
    assert (chart.ticks[0].y, chart.ticks[-1].y) == (chart.base, ABOVE)
    assert chart.height == ABOVE + PLOT + BELOW


@given(VALUES)
def test_columns_are_as_high_as_their_values(values: list[int]) -> None:
    chart = draw_columns([Place(value, "") for value in values], [], str)
    top = int(chart.ticks[-1].label)
    for value, column in zip(values, chart.columns, strict=True):
        assert abs(column.height - PLOT * value / top) <= 1
        assert (column.height > 0) == (value > 0)  # one among a million is still seen


def test_few_columns_have_their_values_above_them() -> None:
    few = draw_columns([Place(7, "seven"), Place(0, "none")], [(1, "b")], str, is_mirrored=True)
    assert [(column.x, column.value) for column in few.columns] == [(70, "7"), (20, "")]
    assert few.marks[0].x == 25
    many = draw_columns([Place(7, "seven")] * 15, [], str)
    assert {column.value for column in many.columns} == {""}


@given(
    st.lists(st.tuples(st.lists(st.integers(0, 10**9), min_size=1, max_size=2), st.booleans()), max_size=20),
    MIRRORED,
)
def test_rows_stay_within_the_chart_with_room_for_their_values(
    given_rows: list[tuple[list[int], bool]], is_mirrored: bool
) -> None:
    lines = [
        Line("name", [Amount(value, str(value)) for value in values], 7.5 if has_promise else None)
        for values, has_promise in given_rows
    ]
    chart = draw_rows(lines, is_mirrored=is_mirrored)
    below, most = 0, max((value for values, _ in given_rows for value in values), default=0)
    for row, (values, has_promise) in zip(chart.rows, given_rows, strict=True):
        assert row.y >= below
        below = row.y
        assert (row.marker is not None) == has_promise
        for bar, value in zip(row.bars, values, strict=True):
            assert bar.y >= below
            below = bar.y + bar.height
            start = bar.x + bar.width if is_mirrored else bar.x
            assert abs(start - chart.start) < CLOSE
            assert bar.width <= WIDEST
            if most > 7.5:
                assert abs(bar.width - WIDEST * value / most) < CLOSE
            assert 0 <= bar.end <= 100
            assert abs(bar.end - chart.start) >= bar.width - CLOSE
    assert below <= chart.height or not chart.rows


@given(st.lists(st.integers(0, 10**9), max_size=4), MIRRORED)
def test_a_funnel_joins_each_bar_to_the_one_before(values: list[int], is_mirrored: bool) -> None:
    chart = draw_funnel([Step(str(value), value) for value in values], is_mirrored=is_mirrored)
    most = max(values, default=0)
    for stage, value in zip(chart.stages, values, strict=True):
        assert stage.width == pytest.approx(100 * value / most if most else 0, abs=CLOSE)
        start = stage.x + stage.width if is_mirrored else stage.x
        assert start == pytest.approx(chart.start, abs=CLOSE)
        assert stage.y + stage.height <= chart.height
    for above, below in pairwise(chart.stages):
        assert below.y - above.y - above.height == NECK
        corners = [float(corner.split(",")[0]) for corner in below.neck.split()]
        ends = [above.width, below.width]
        assert corners[1:3] == pytest.approx([100 - end if is_mirrored else end for end in ends], abs=CLOSE)
    assert all(not stage.neck for stage in chart.stages[:1])
