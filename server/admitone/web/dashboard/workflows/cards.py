"""The steps of a draft as cards on a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.workflows.describe import describe, describe_each
from admitone.domain.workflows.edit import Place, sides
from admitone.domain.workflows.steps import Step, all_steps, kind_of
from admitone.texts.message import message
from admitone.usecases.runs.counts_read import StepCounts
from admitone.web.dashboard.workflows.words import SIDES, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.web.dashboard.workflows.missing import Missing


class Lane(msgspec.Struct, frozen=True):
    """Cards on a line: those of the workflow, or of one branch, whose `title` says when it is taken.

    `first` is the place before the first card, as forms name it.
    """

    title: str
    first: str
    first_label: str
    cards: Sequence[Card]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A step as the editor shows it; steps are numbered in reading order from 1.

    `says` is what it does in one sentence, and `details` are the conditions that this sentence counts.
    `after` is the place behind it, as forms name it.
    """

    step: Step
    number: int
    name: str
    icon: str
    says: str
    details: Sequence[str]
    problems: Sequence[str]
    counts: StepCounts | None
    after: str
    may_go_up: bool
    may_go_down: bool
    lanes: Sequence[Lane]


def lane_of(
    steps: Sequence[Step],
    missing: Missing,
    titles: Mapping[str, str],
    counts: Mapping[str, StepCounts],
) -> Lane:
    """The line of a whole draft; `titles` are the names of pages, event types and webhooks by id.

    `counts` are the figures of runs by step; a step that no run has met is not among them.
    """
    numbers = {step.id: number for number, step in enumerate(all_steps(steps), 1)}

    def lane(below: Sequence[Step], start: Place, title: str, label: str) -> Lane:
        cards = [card(step, index, len(below), start) for index, step in enumerate(below)]
        return Lane(title, start.text, label, cards)

    def card(step: Step, index: int, count: int, start: Place) -> Card:
        words, number = STEPS[kind_of(step)], numbers[step.id]
        return Card(
            step=step,
            number=number,
            name=words.name,
            icon=words.icon,
            says=describe(step, titles),
            details=describe_each(step),
            problems=missing.sentences(step.id),
            counts=counts.get(step.id),
            after=msgspec.structs.replace(start, index=index + 1).text,
            may_go_up=bool(start.branch) or index > 0,
            may_go_down=bool(start.branch) or index < count - 1,
            lanes=[
                lane(below, Place(0, step.id, side), SIDES[side], _first_label(side, number))
                for side, below in sides(step)
            ],
        )

    return lane(steps, Place(0), "", message("Add a step at the beginning"))


def _first_label(side: str, number: int) -> str:
    if side == "then":
        return message("Add a step at the beginning of “If so” in step %(number)s", number=number)
    return message("Add a step at the beginning of “Otherwise” in step %(number)s", number=number)
