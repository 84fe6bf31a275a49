"""What is missing or wrong in a workflow before it can be published, each at its place in the document.

docs/rules/workflows.md, *Publishing*, has the rules; `draft.py` has those that a draft keeps to as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.availability.zones import zone_names
from admitone.domain.errors import FieldError
from admitone.domain.workflows.checks.steps import step_problems
from admitone.domain.workflows.checks.templates import TemplateCheck
from admitone.domain.workflows.checks.trigger import trigger_problems
from admitone.domain.workflows.custom_values import available_at_steps, needs_sender
from admitone.domain.workflows.draft import draft_problems, placed_steps
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.workflows.known import Known
    from admitone.domain.workflows.workflow import SendingWindow, WorkflowBody

MOST_PROBLEMS = 100
"""Problems that are told at once: the rest shows when these are mended."""


def publish_problems(body: WorkflowBody, known: Known) -> list[FieldError]:
    """Everything that keeps this workflow from being published, in reading order.

    Fields are places in the workflow's document, such as `steps.3.then.0.subject`. Templates are rendered
    with example values, which takes time: call this by `mail/renderer.py`.
    """
    if found := draft_problems(body):
        return found
    templates = TemplateCheck(body, known.templates)
    problems = [
        *trigger_problems(body.trigger, known),
        *_window_problems(body.sending_window),
        *_sender_problems(body, known),
        *_steps_problems(body, known, templates),
    ]
    return (problems or templates.rendering_problems())[:MOST_PROBLEMS]


def _steps_problems(body: WorkflowBody, known: Known, templates: TemplateCheck) -> Iterator[FieldError]:
    if not body.steps:
        yield FieldError("steps", message("Add a step."))
    available = available_at_steps(body)
    for place, step in placed_steps(body.steps):
        here = available.get(step.id)
        if here is None:
            yield FieldError(f"{place}.kind", message("No run gets here: a step before this one ends it."))
            return
        yield from step_problems(place, step, known, here)
        yield from templates.problems(place, step, here)


def _sender_problems(body: WorkflowBody, known: Known) -> Iterator[FieldError]:
    if body.sender is None:
        if needs_sender(body):
            yield FieldError("sender", message("Choose the user whose mailbox sends."))
    elif body.sender not in known.senders:
        yield FieldError("sender", message("This user cannot send mail: they have to connect Gmail."))


def _window_problems(window: SendingWindow | None) -> Iterator[FieldError]:
    if window is None:
        return
    if len({*window.days}) < len(window.days):
        yield FieldError("sending_window.days", message("Name each day once."))
    if window.timezone is not None and window.timezone not in zone_names():
        yield FieldError("sending_window.timezone", message("There is no such time zone."))
