"""The trigger of a workflow: `/dashboard/workflows/ID/trigger`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import Invalid, WorkflowChanged
from admitone.usecases.workflows.hook_view import rotate_hook, show_hook
from admitone.usecases.workflows.workflow_write import read_workflow
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import FormValues
from admitone.web.dashboard.workflows.draft_change import change_draft
from admitone.web.dashboard.workflows.missing import TRIGGER
from admitone.web.dashboard.workflows.panel_texts import answer_saved
from admitone.web.dashboard.workflows.trigger_form import (
    DETAILS,
    FIELD,
    read_trigger,
    sent_fields,
    trigger_values,
)
from admitone.web.dashboard.workflows.words import TRIGGERS
from admitone.web.dashboard.workflows.workflow_editor import PATH, Editing, read_editing, show_editor
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.domain.workflows.workflow import Workflow
    from admitone.usecases.workflows.hook_view import HookView
    from admitone.web.dashboard.sent_form import SentForm
    from admitone.web.dashboard.workflows.trigger_form import FieldRow


async def show(request: web.Request) -> web.Response:
    """Show what lets contacts enter."""
    return await _show(request)


async def update(request: web.Request) -> web.Response:
    """Change what lets contacts enter."""
    sent = await read_form(request)
    workflow = await read_workflow(request[CALLER], request.match_info["id"])
    try:
        patch = {"trigger": read_trigger(sent, workflow.draft.trigger)}
        await change_draft(request, sent, patch)
    except (Invalid, WorkflowChanged) as refusal:
        return await _show(request, sent, refusal)
    return await answer_saved(request, show)


async def _show(
    request: web.Request, sent: SentForm | None = None, refusal: Invalid | WorkflowChanged | None = None
) -> web.Response:
    editing = await read_editing(request)
    values = FormValues(trigger_values(editing.workflow.draft.trigger))
    if sent is not None:
        values = FormValues(sent.fields, fields=sent_fields(sent))
    refused = isinstance(refusal, Invalid)
    context: dict[str, Any] = {
        "values": values,
        "errors": _errors(editing, refusal, values["fields"]),
        "form_refused": refused,
        "conflict": refusal is not None and not refused,
        "triggers": TRIGGERS,
        "hook": await _hook(request, editing.workflow),
        "details": DETAILS,
    }
    status = 200 if refusal is None else 422 if refused else 409
    return await show_editor(request, "trigger", context, editing=editing, status=status)


async def rotate(request: web.Request) -> web.Response:
    """Give the inbound hook a new address; the one before stops at once."""
    services, workflow = request.app[SERVICES], request.match_info["id"]
    await rotate_hook(services, request[CALLER], workflow)
    return lead_to(f"{PATH}/{workflow}/trigger", told="rotated")


async def _hook(request: web.Request, workflow: Workflow) -> HookView | None:
    """The inbound hook, for administrators: whoever has its address can send data. None if there is none."""
    caller = request[CALLER]
    if workflow.hook is None or not caller.is_administrator:
        return None
    return await show_hook(request.app[SERVICES], caller, workflow.id)


def _errors(
    editing: Editing, refusal: Invalid | WorkflowChanged | None, rows: Sequence[FieldRow]
) -> Mapping[str, str]:
    """What is wrong in the form, if it was refused; otherwise what is missing in the trigger.

    `rows` are the form's custom fields, whose problems are told at their names.
    """
    at = {f"map.{FIELD}{row.name}": f"map.field.{place}.name" for place, row in enumerate(rows)}
    found = by_field(refusal) if isinstance(refusal, Invalid) else dict(editing.missing.at(TRIGGER))
    fields = {_field(name): problem for name, problem in found.items()}
    return {at.get(name, name): problem for name, problem in fields.items()}


def _field(name: str) -> str:
    """The name in the form of a field of the document."""
    name = name.removeprefix("trigger.").removeprefix("filters.")
    return {"": "kind", "field": "field.name", "field.is": "field.value", "map": "map.email"}.get(name, name)
