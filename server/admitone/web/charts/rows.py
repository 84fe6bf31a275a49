"""A bar chart: for each row its name, and below that one or more bars with their values at their ends."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

NAME, BAR, BETWEEN, APART = 22, 14, 4, 14
"""The heights of a row's name, of a bar, and of the spaces between two bars and two rows."""
WIDEST = 72.0
"""The length of the longest bar, so that there is room for its value; a telephone has 290 pixels."""


class Amount(msgspec.Struct, frozen=True):
    """A bar to draw: its `value`, never negative, and its `text`. Bars of the time before are hatched."""

    value: float
    text: str
    is_before: bool = False


class Line(msgspec.Struct, frozen=True):
    """A row to draw: its name, its bars, and the value up to which its first bar was promised to go."""

    name: str
    amounts: Sequence[Amount]
    promised: float | None = None


class Bar(msgspec.Struct, frozen=True):
    """A bar; its value is written beside `end`, which is beyond the bar and beyond its promise."""

    x: float
    width: float
    y: int
    end: float
    text: str
    is_before: bool
    height: int = BAR


class Row(msgspec.Struct, frozen=True):
    """A row from `y` on; `marker` is where its promise stands, None without one."""

    name: str
    y: int
    bars: list[Bar]
    marker: float | None


class RowChart(msgspec.Struct, frozen=True):
    """What is drawn, on a surface of `height` pixels; names begin at `start`."""

    rows: list[Row]
    height: int
    start: int


def draw_rows(lines: Sequence[Line], *, is_mirrored: bool = False) -> RowChart:
    """The chart of these rows, from top to bottom; all bars have the same scale."""
    values = [amount.value for line in lines for amount in line.amounts]
    most = max([*values, *(line.promised or 0 for line in lines)], default=0) or 1

    def length(value: float) -> float:
        return round(WIDEST * value / most, 3)

    def across(way: float) -> float:
        return round(100 - way if is_mirrored else way, 3)

    rows, y = [], 0
    for line in lines:
        bars = []
        top, promised = y + NAME, length(line.promised or 0)
        for amount in line.amounts:
            width = length(amount.value)
            x = across(width) if is_mirrored else 0.0
            end = across(max(width, promised))
            bars.append(Bar(x, width, top, end, amount.text, amount.is_before))
            top += BAR + BETWEEN
        marker = None if line.promised is None else across(promised)
        rows.append(Row(line.name, y, bars, marker))
        y = top - BETWEEN + APART
    return RowChart(rows, max(0, y - APART), 100 if is_mirrored else 0)
