"""Workflows, and how a new one is begun: `/dashboard/workflows`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Invalid
from admitone.domain.workflows.recipes import RECIPES
from admitone.domain.workflows.steps import all_steps
from admitone.domain.workflows.workflow import WorkflowBody
from admitone.usecases.runs.counts_read import read_counts
from admitone.usecases.shared.records import all_stored
from admitone.usecases.workflows.workflow_write import WORKFLOW
from admitone.usecases.workflows.workflows import create_workflow
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.workflows.words import STATUSES, TRIGGERS
from admitone.web.dashboard.workflows.workflow_editor import PATH
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.workflows.workflow import Workflow
    from admitone.usecases.runs.counts_read import WorkflowCounts


class WorkflowRow(msgspec.Struct, frozen=True):
    """A workflow as the list shows it; `state` is the chip's class, `status` its text."""

    id: str
    name: str
    trigger: str
    steps: int
    state: str
    status: str
    has_changes: bool
    entered: int
    booked: int


async def show(request: web.Request) -> web.Response:
    """List the workflows; without any, offer what to begin with."""
    services, caller = request.app[SERVICES], request[CALLER]
    workflows = await all_stored(services, caller, WORKFLOW)
    counts = await asyncio.gather(*(read_counts(services, caller, each.id) for each in workflows))
    context = {
        "room": "workflows",
        "workflows": [_row(*each) for each in zip(workflows, counts, strict=True)],
        "recipes": RECIPES,
    }
    return await show_room(request, "workflows/workflow_list", context)


async def show_new(request: web.Request) -> web.Response:
    """Show the form of a new workflow: empty, or one of the recipes."""
    return await _show_new(request, {"name": "", "recipe": request.query.get("recipe", "")})


async def create(request: web.Request) -> web.Response:
    """Create a workflow as a draft, whose mails the caller sends until another user is chosen."""
    sent = await read_form(request)
    services, caller = request.app[SERVICES], request[CALLER]
    body = _draft(request, sent.text("recipe"), sent.text("name"))
    try:
        made = await create_workflow(services, caller, body)
    except Invalid as refusal:
        return await _show_new(request, sent.fields, by_field(refusal))
    return lead_to(f"{PATH}/{made.id}", told="created")


async def _show_new(
    request: web.Request, values: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> web.Response:
    context = {"room": "workflows", "values": values, "errors": errors or {}, "recipes": RECIPES}
    return await show_room(request, "workflows/workflow_new", context, status=422 if errors else 200)


def _draft(request: web.Request, recipe: str, name: str) -> WorkflowBody:
    """A draft to begin with, in the caller's language; without a name it has that of the recipe."""
    found = next((each for key, each in RECIPES.items() if key == recipe), None)
    body = found.draft(reader_of(request, part="dashboard").texts.say) if found else WorkflowBody(name="")
    return msgspec.structs.replace(body, name=name or body.name, sender=request[CALLER].user.id)


def _row(workflow: Workflow, counts: WorkflowCounts) -> WorkflowRow:
    state = "paused" if workflow.is_paused and workflow.is_published else workflow.status
    return WorkflowRow(
        workflow.id,
        workflow.draft.name,
        TRIGGERS[workflow.draft.trigger.kind],
        sum(1 for _ in all_steps(workflow.draft.steps)),
        state,
        STATUSES[state],
        workflow.is_published and workflow.has_changes,
        counts.entered,
        counts.booked,
    )
