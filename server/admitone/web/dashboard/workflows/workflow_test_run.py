"""Try the draft with a contact: `/dashboard/workflows/ID/test`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import Invalid
from admitone.domain.workflows.steps import all_steps
from admitone.usecases.workflows.workflow_test import test_workflow
from admitone.usecases.workflows.workflow_test_view import TriedStep, TryBody
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.workflows.contact_picks import contact_picks
from admitone.web.dashboard.workflows.words import ENTRY_STATUSES, STEPS
from admitone.web.dashboard.workflows.workflow_editor import read_editing, show_editor
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.workflows.workflow_test_view import TriedWorkflow


class TriedRow(msgspec.Struct, frozen=True):
    """One step of a test run, with the number that its card has, its name and what `status` is called."""

    number: int
    name: str
    status: str
    tried: TriedStep


async def show(request: web.Request) -> web.Response:
    """Choose the contact of a test run."""
    return await _show(request)


async def run(request: web.Request) -> web.Response:
    """Show what would become of each step for a contact; nothing is made or changed."""
    sent = await read_form(request)
    body = TryBody(contact=sent.text("contact"), send_to_me=sent.is_on("send_to_me"))
    services, workflow = request.app[SERVICES], request.match_info["id"]
    try:
        tried = await test_workflow(services, request[CALLER], workflow, body)
    except Invalid as refusal:
        return await _show(request, errors=by_field(refusal))
    return await _show(request, body, tried)


async def _show(
    request: web.Request,
    body: TryBody | None = None,
    tried: TriedWorkflow | None = None,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    editing = await read_editing(request)
    picks = await contact_picks(request, tried.contact if tried else "")
    numbers = {step.id: place for place, step in enumerate(all_steps(editing.workflow.draft.steps), 1)}
    context: dict[str, Any] = {
        "part": "test",
        "chosen": body.contact if body else "",
        "send_to_me": body is not None and body.send_to_me,
        "errors": errors or {},
        "tried": [
            TriedRow(numbers.get(each.step, 0), STEPS[each.kind].name, ENTRY_STATUSES[each.status], each)
            for each in (tried.steps if tried else ())
        ],
        "has_tried": tried is not None,
        "tried_with": next((pick for pick in picks["contacts"] if tried and pick.id == tried.contact), None),
        **picks,
    }
    return await show_editor(request, "test", context, editing=editing, status=422 if errors else 200)
