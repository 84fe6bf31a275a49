"""The panel with the form of one step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from admitone.domain.contacts.contact import FIELD_NAME
from admitone.domain.errors import Invalid
from admitone.domain.workflows.custom_values import value_groups
from admitone.domain.workflows.steps import Branch, SetField, all_steps, kind_of
from admitone.web.dashboard.struct_form import FormValues
from admitone.web.dashboard.workflows.condition_form import ABOUT, MOST, OPERATORS, sent_conditions
from admitone.web.dashboard.workflows.missing import sort_problems
from admitone.web.dashboard.workflows.step_forms import step_values
from admitone.web.dashboard.workflows.trigger_form import FIELD
from admitone.web.dashboard.workflows.words import STEPS
from admitone.web.dashboard.workflows.workflow_editor import Editing, read_editing, show_editor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.domain.errors import WorkflowChanged
    from admitone.domain.workflows.custom_values import ValueGroup
    from admitone.domain.workflows.steps import Step
    from admitone.domain.workflows.workflow import WorkflowBody
    from admitone.web.dashboard.sent_form import SentForm

WITH_TEMPLATES = ("send_email", "set_field", "notify_host")
"""The kinds of steps whose texts are Liquid."""
_FIELDS = (
    (re.compile(r"^(for|timeout)(\.(minutes|hours|days))?$"), r"\1.count"),
    (re.compile(r"^booking(\.(before|after))?$"), "booking.minutes"),
    (re.compile(r"^until$"), "until.field"),
    (re.compile(r"^(link)$"), "how"),
    (re.compile(r"^tags\.\d+$"), "tags"),
    (re.compile(r"^when\.(conditions.*)\.is$"), r"\1.value"),
    (re.compile(r"^when\."), ""),
)
"""The fields of documents that have other names in forms."""


async def show_step(
    request: web.Request,
    step: Step,
    sent: SentForm | None = None,
    refusal: Invalid | WorkflowChanged | None = None,
) -> web.Response:
    """The editor with the form of a step; with what was `sent`, if that was refused."""
    kind = kind_of(step)
    values = _sent_values(step, sent) if sent else step_values(step)
    refused = isinstance(refusal, Invalid)
    editing = await read_editing(request)
    draft = editing.workflow.draft
    fields = sorted({*editing.choices.fields, *_field_names(draft)})
    context: dict[str, Any] = {
        "step": step,
        "kind": kind,
        "words": STEPS[kind],
        "current": step.id,
        "values": values,
        "errors": _errors(editing, step, refusal),
        "form_refused": refused,
        "conflict": refusal is not None and not refused,
        "fields": fields,
        "about": ABOUT,
        "operators": OPERATORS,
        "most": MOST,
        "custom_values": _custom_values(draft, step, fields) if kind in WITH_TEMPLATES else (),
    }
    status = 200 if refusal is None else 422 if refused else 409
    return await show_editor(request, "step", context, editing=editing, status=status)


def at_fields(problems: Mapping[str, str]) -> dict[str, str]:
    """The problems by the names of the form's fields."""
    found: dict[str, str] = {}
    for name, problem in problems.items():
        field = name
        for pattern, other in _FIELDS:
            field = pattern.sub(other, field)
        found.setdefault(field, problem)
    return found


def _errors(editing: Editing, step: Step, refusal: Invalid | WorkflowChanged | None) -> dict[str, str]:
    """What is wrong in the form, if it was refused; otherwise what is missing in the step."""
    if not isinstance(refusal, Invalid):
        return at_fields(editing.missing.at(step.id))
    own = sort_problems(editing.workflow.draft.steps, refusal.errors).at(step.id)
    return at_fields(own or {error.field: error.message for error in refusal.errors})


def _custom_values(draft: WorkflowBody, step: Step, fields: Sequence[str]) -> list[ValueGroup]:
    """What the texts of the step can name, grouped as the steps are named; `fields` of contacts are known."""
    return value_groups(draft, step.id, [name for name in fields if re.fullmatch(FIELD_NAME, name)])


def _field_names(draft: WorkflowBody) -> set[str]:
    """The custom fields that the workflow itself writes."""
    found = {step.name for step in all_steps(draft.steps) if isinstance(step, SetField) and step.name}
    return found | {name.removeprefix(FIELD) for name in draft.trigger.map or () if name.startswith(FIELD)}


def _sent_values(step: Step, sent: SentForm) -> FormValues:
    values = FormValues(sent.fields)
    if isinstance(step, Branch):
        values["conditions"] = sent_conditions(sent)
    return values
