"""What every draft must keep to: it is bounded, and its steps have ids of their own.

What publishing demands is in `check.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from admitone.domain.errors import FieldError
from admitone.domain.text import line_problems, text_problems
from admitone.domain.workflows.steps import DEEPEST, MOST_STEPS, SUBJECT, TEMPLATE, Branch
from admitone.domain.workflows.workflow import LARGEST
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from admitone.domain.workflows.steps import Step
    from admitone.domain.workflows.workflow import WorkflowBody


class PlacedStep(NamedTuple):
    """A step and its place in the workflow's JSON, such as `steps.3.then.0`."""

    place: str
    step: Step


def draft_problems(body: WorkflowBody) -> list[FieldError]:
    """The errors in a draft; of more than one sort, those that come first."""
    found = line_problems("name", body.name) or _bounds(body)
    return found or [*_ids(body), *_texts(body)]


def placed_steps(steps: Sequence[Step]) -> Iterator[PlacedStep]:
    """Every step in reading order, as `all_steps`, with its place."""
    waiting = [PlacedStep(f"steps.{number}", step) for number, step in enumerate(steps)][::-1]
    while waiting:
        yield (here := waiting.pop())
        waiting += reversed(_below(here))


def _below(here: PlacedStep) -> list[PlacedStep]:
    """The steps in the branches of a step."""
    if not isinstance(here.step, Branch):
        return []
    return [
        PlacedStep(f"{here.place}.{name}.{number}", step)
        for name, steps in (("then", here.step.then), ("else", here.step.else_))
        for number, step in enumerate(steps)
    ]


def _bounds(body: WorkflowBody) -> list[FieldError]:
    """Too many steps, branches that are too deep, or too many bytes."""
    number = 0
    for number, (place, step) in enumerate(placed_steps(body.steps), 1):
        if number > MOST_STEPS:
            return [FieldError(place, message("At most %(most)s steps.", most=MOST_STEPS))]
        if isinstance(step, Branch) and place.count(".") // 2 >= DEEPEST:
            return [FieldError(place, message("At most %(most)s branches within each other.", most=DEEPEST))]
    if len(msgspec.json.encode(body)) > LARGEST:
        return [
            FieldError("steps", message("A workflow has at most %(most)s kB of text.", most=LARGEST // 1024))
        ]
    return []


def _ids(body: WorkflowBody) -> Iterator[FieldError]:
    """Ids that an earlier step has."""
    seen: set[str] = set()
    for place, step in placed_steps(body.steps):
        if step.id in seen:
            yield FieldError(f"{place}.id", message("Another step has this id."))
        seen.add(step.id)


def _texts(body: WorkflowBody) -> Iterator[FieldError]:
    """Texts that hold control characters, which no mail can carry; a subject is one line."""
    for place, step in placed_steps(body.steps):
        yield from line_problems(f"{place}.subject", getattr(step, "subject", ""), most=SUBJECT, empty=True)
        for name in ("text", "html", "value"):
            yield from text_problems(f"{place}.{name}", getattr(step, name, ""), most=TEMPLATE)
