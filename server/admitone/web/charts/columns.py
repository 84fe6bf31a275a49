"""A column chart: one upright bar for each place in time, on a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.web.charts.axis import rare
from admitone.web.charts.scale import scale_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ABOVE, PLOT, BELOW = 20, 180, 28
"""The heights of the space for the highest column's value, of the columns, and of the names of places."""
GAP = 0.25
"""Of the width of a place, what lies beside its column."""
WIDEST = 10.0
"""The width of a column if there are few."""
MOST_WITH_GAPS = 100
"""With more columns, gaps between them would be thinner than a pixel."""
MOST_WITH_VALUES = 14


class Place(msgspec.Struct, frozen=True):
    """What is shown at one place: its `value`, never negative, and the `text` that says it in words."""

    value: int
    text: str


class Column(msgspec.Struct, frozen=True):
    """A bar from `y` down to the base line, in the `middle` of its place; `value` is written above it."""

    x: float
    width: float
    y: float
    height: float
    middle: float
    text: str
    value: str


class Tick(msgspec.Struct, frozen=True):
    """A line across the chart, and its number."""

    y: float
    label: str


class Mark(msgspec.Struct, frozen=True):
    """The name of a place; a narrow chart has no room for a `is_rare` one."""

    x: float
    label: str
    is_rare: bool


class ColumnChart(msgspec.Struct, frozen=True):
    """What is drawn, on a surface of `height` pixels; `base` is the height of the base line."""

    columns: list[Column]
    ticks: list[Tick]
    marks: list[Mark]
    base: int = ABOVE + PLOT
    height: int = ABOVE + PLOT + BELOW


def draw_columns(
    places: Sequence[Place],
    names: Sequence[tuple[int, str]],
    number: Callable[[int], str],
    *,
    is_mirrored: bool = False,
) -> ColumnChart:
    """The chart of these places, some of which have `names`; `number` writes a number briefly."""
    scale = scale_for(max((place.value for place in places), default=0))
    slot = 100 / max(1, len(places))
    width = min(WIDEST, slot * (1 - GAP if len(places) <= MOST_WITH_GAPS else 1))

    def middle(place: int) -> float:
        way = (place + 0.5) * slot
        return 100 - way if is_mirrored else way

    def height(value: int) -> float:
        return max(1.0, round(PLOT * value / scale.top, 2)) if value else 0.0

    columns = [
        Column(
            x=round(middle(at) - width / 2, 3),
            width=round(width, 3),
            y=round(ABOVE + PLOT - height(place.value), 2),
            height=height(place.value),
            middle=round(middle(at), 3),
            text=place.text,
            value=number(place.value) if place.value and len(places) <= MOST_WITH_VALUES else "",
        )
        for at, place in enumerate(places)
    ]
    ticks = [Tick(round(ABOVE + PLOT * (1 - each / scale.top), 2), number(each)) for each in scale.ticks()]
    marks = [
        Mark(columns[at].middle, name, is_rare)
        for (at, name), is_rare in zip(names, rare(len(names)), strict=True)
    ]
    return ColumnChart(columns, ticks, marks)
