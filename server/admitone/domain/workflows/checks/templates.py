"""What is wrong in the templates of a workflow: names that may not exist, and what fails when it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from admitone.domain.errors import FieldError
from admitone.domain.text import is_blank
from admitone.domain.workflows.custom_values import (
    BOOKING,
    LINK_STEP,
    USER,
    VALUES,
    is_link,
    is_value,
    link_names,
)
from admitone.domain.workflows.example_values import example_values
from admitone.domain.workflows.steps import NotifyHost, SendEmail, SetField
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from admitone.domain.workflows.custom_values import Available
    from admitone.domain.workflows.known import NameUse, Templates
    from admitone.domain.workflows.steps import Step
    from admitone.domain.workflows.workflow import WorkflowBody

MOST_FAILING = 5
"""Templates that may fail when they are tried before the rest is left alone: each can take half a second."""


class _Template(NamedTuple):
    place: str
    source: str
    is_required: bool
    html: bool
    here: Available


class TemplateCheck:
    """The check of one workflow's templates. Those whose names exist are tried at the end."""

    def __init__(self, body: WorkflowBody, templates: Templates) -> None:
        self._makers = {name: step for step, name in link_names(body.steps).items()}
        self._templates = templates
        self._good: list[_Template] = []

    def problems(self, place: str, step: Step, here: Available) -> Iterator[FieldError]:
        """The errors in a step's templates: empty ones, no Liquid, and names that may not exist there."""
        for name, source, is_required in _sources(step):
            template = _Template(f"{place}.{name}", source, is_required, name == "html", here)
            if is_required and not source.strip():
                yield FieldError(template.place, message("This field is required."))
            elif name == "subject" and len(source.splitlines()) > 1:
                yield FieldError(template.place, message("Line breaks are not allowed here."))
            elif found := self._names_problem(template):
                yield FieldError(template.place, found)
            else:
                self._good.append(template)

    def rendering_problems(self) -> list[FieldError]:
        """The errors of templates that fail with example values, of which a contact may have all or few."""
        found: list[FieldError] = []
        for template in self._good:
            if (problem := self._rendering_problem(template)) is not None:
                found.append(FieldError(template.place, problem))
            if len(found) == MOST_FAILING:
                break
        return found

    def _rendering_problem(self, template: _Template) -> str | None:
        for sparse in (False, True):
            values = example_values(template.here.surely, sparse=sparse)
            tried = self._templates.trial(template.source, values, html=template.html)
            if tried.problem is not None:
                return tried.problem
            if template.is_required and tried.text is not None and is_blank(tried.text):
                return message("This is empty for a contact of whom only the email address is known.")
        return None

    def _names_problem(self, template: _Template) -> str | None:
        """The first error in the names of a template, with its line."""
        use = self._templates.read(template.source, html=template.html)
        if use.problem is not None:
            return use.problem
        taken = sorted(name for name in use.made if name in VALUES or is_link(name))
        if taken:
            return message("A template cannot make the name %(name)s.", name=taken[0])
        for used in use.names:
            if (problem := self._name_problem(used.name, template.here)) is not None:
                return _at(used, problem)
        return None

    def _name_problem(self, name: str, here: Available) -> str | None:
        group = name.partition(".")[0]
        is_known = is_value(name) and (not group.startswith(LINK_STEP) or group in self._makers)
        if not is_known:
            return message("There is no %(name)s.", name=name)
        if group in here.surely:
            return None
        if group == USER:
            return message("%(name)s needs a sender.", name=name)
        if group == BOOKING and here.has_booking:
            return message(
                "Not every run has a booking here. Use %(name)s where an If/else found one.", name=name
            )
        if group in self._makers:
            return message("Not every run has made this link before this step: %(name)s.", name=name)
        return message("%(name)s does not exist with this trigger.", name=name)


def _sources(step: Step) -> Sequence[tuple[str, str, bool]]:
    """The templates of a step: the field's name, the text, and whether it is required."""
    match step:
        case SendEmail():
            return (("subject", step.subject, True), ("text", step.text, True), ("html", step.html, False))
        case NotifyHost():
            return (("subject", step.subject, True), ("text", step.text, True))
        case SetField():
            return (("value", step.value, False),)
        case _:
            return ()


def _at(used: NameUse, problem: str) -> str:
    if used.line is None:
        return problem
    return message("Line %(line)s: %(problem)s", line=used.line, problem=problem)
