"""Where a run goes: the step after another, through the branches that the facts decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.workflows.conditions import holds
from admitone.domain.workflows.steps import Branch, Step, all_steps

if TYPE_CHECKING:
    from admitone.domain.workflows.facts import Facts


class Decision(msgspec.Struct, frozen=True):
    """An *If/else* that was passed; `holds` says whether its conditions held."""

    branch: Branch
    holds: bool


class Move(msgspec.Struct, frozen=True):
    """Where a run goes: to `step`, which is never an *If/else*, or to its end if that is None."""

    step: Step | None
    decisions: Sequence[Decision] = ()


class Route:
    """The ways through the steps of one version, whose ids are unique."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(all_steps(steps))
        """Every step in reading order; a step's index here is its position."""
        self._positions = {step.id: place for place, step in enumerate(self.steps)}
        self._first = steps[0] if steps else None
        self._after: dict[str, Step | None] = {}
        self._join(steps, None)

    def begin(self, facts: Facts) -> Move:
        """Where a run begins."""
        return self._through_branches(self._first, facts)

    def after(self, step: Step, facts: Facts) -> Move:
        """Where a run goes from a step that is done or skipped. Raises KeyError if it is of another route."""
        return self._through_branches(self._after[step.id], facts)

    def position(self, step: Step) -> int:
        """The position of a step. Raises KeyError if it is not of this route."""
        return self._positions[step.id]

    def _join(self, steps: Sequence[Step], rest: Step | None) -> None:
        for place, step in enumerate(steps, 1):
            following = steps[place] if place < len(steps) else rest
            self._after[step.id] = following
            if isinstance(step, Branch):
                self._join(step.then, following)
                self._join(step.else_, following)

    def _through_branches(self, step: Step | None, facts: Facts) -> Move:
        decisions: list[Decision] = []
        while isinstance(step, Branch):
            decision = Decision(step, holds(step.when, facts))
            decisions.append(decision)
            chosen = step.then if decision.holds else step.else_
            step = chosen[0] if chosen else self._after[step.id]
        return Move(step, decisions)
