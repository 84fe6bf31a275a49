"""A funnel: how many of those who took the first step took the next ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME, BAR, NECK = 26, 24, 64
"""The heights of the name above the first bar, of a bar, and of what joins two, with the next name in it."""


class Step(msgspec.Struct, frozen=True):
    """A step to draw: its name, its `value`, never negative, and the text between it and the step before."""

    name: str
    value: int
    between: str = ""


class Stage(msgspec.Struct, frozen=True):
    """A bar with its name above it; `neck` has the corners of what joins it to the bar before.

    The corners are points of a square of 100 by 100 that is stretched to the chart's width and to `NECK`.
    """

    name: str
    between: str
    x: float
    width: float
    y: int
    neck: str
    height: int = BAR


class FunnelChart(msgspec.Struct, frozen=True):
    """What is drawn, on a surface of `height` pixels; texts begin at `start`."""

    stages: list[Stage]
    height: int
    start: int
    neck_height: int = NECK


def draw_funnel(steps: Sequence[Step], *, is_mirrored: bool = False) -> FunnelChart:
    """The funnel of these steps; a step may be larger than the one before."""
    most = max((step.value for step in steps), default=0) or 1
    stages: list[Stage] = []
    y, before = NAME, 0.0
    for step in steps:
        width = round(100 * step.value / most, 3)
        neck = _neck(before, width, is_mirrored=is_mirrored) if stages else ""
        stages.append(Stage(step.name, step.between, 100 - width if is_mirrored else 0.0, width, y, neck))
        y, before = y + BAR + NECK, width
    return FunnelChart(stages, max(0, y - NECK), 100 if is_mirrored else 0)


def _neck(above: float, below: float, *, is_mirrored: bool) -> str:
    corners = ((0.0, 0), (above, 0), (below, 100), (0.0, 100))
    return " ".join(f"{round(100 - x if is_mirrored else x, 3)},{y}" for x, y in corners)
