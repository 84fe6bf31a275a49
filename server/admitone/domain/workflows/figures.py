"""The figures of a workflow: the names under which they are counted."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal

StepFigure = Literal["waiting", "done", "skipped", "failed"]
_LETTERS: Final = {"waiting": "w", "done": "d", "skipped": "s", "failed": "f"}
ENTERED, MAILED, OPENED, BOOKED = "entered", "mailed", "opened", "booked"
ENDED: Final = {"done": "done", "stopped": "stopped"}
FAILED = "failed"
LOOPS = "loops"
"""Contacts who did not enter because workflows had started each other too often."""


def step_figure(version: int, step: str, figure: StepFigure) -> str:
    """The figure of one step of one version: runs that stand there, or that left it like this."""
    return f"{version}:{step}:{_LETTERS[figure]}"


def read_step_figure(name: str) -> tuple[str, StepFigure] | None:
    """The step and the figure that a name from `step_figure` is for; None for another name."""
    _, step, letter = (*name.split(":"), "", "")[:3]
    found = next((figure for figure, one in _LETTERS.items() if one == letter), None)
    return (step, found) if found else None  # type: ignore[return-value]


RESULTS: Final = ("entered", "done", "stopped", "failed")
RunCounts = Counter[str]
"""How many runs a process has begun, ended and seen fail since it started, by `RESULTS`."""
