"""The editor of a workflow: `/dashboard/workflows/ID`.

Each panel has an address of its own, at which the whole editor is shown: the steps on a line, and the panel
beside them. A script fetches these pages and exchanges the parts that differ; what it saves while somebody
types is answered by texts alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.workflows.edit import find_step
from admitone.domain.workflows.steps import all_steps, kind_of
from admitone.domain.workflows.workflow import Workflow
from admitone.texts.message import message
from admitone.usecases.runs.counts_read import WorkflowCounts, read_counts
from admitone.usecases.runs.enrol_everyone import EnrolmentView, newest_enrolment
from admitone.usecases.workflows.workflow_check import problems_in
from admitone.usecases.workflows.workflow_write import read_workflow
from admitone.web.dashboard.room import show_room
from admitone.web.dashboard.workflows.cards import lane_of
from admitone.web.dashboard.workflows.choices import Choices, read_choices
from admitone.web.dashboard.workflows.missing import SETTINGS, TRIGGER, Missing, sort_problems
from admitone.web.dashboard.workflows.panel_texts import respond_texts, takes_texts
from admitone.web.dashboard.workflows.trigger_form import trigger_sentences
from admitone.web.dashboard.workflows.words import STATUSES, STEPS
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


PATH = "/dashboard/workflows"
NOT_PUBLISHED = message("Not published: something is missing.")
TOLD = {
    "created": message("Created. Choose what lets contacts enter, then add steps."),
    "duplicated": message("The step is duplicated."),
    "paused": message("Paused. Contacts enter, and no step begins."),
    "published": message("Published. Contacts enter this version from now on."),
    "restored": message("The step is back."),
    "resumed": message("Resumed."),
    "rotated": message("The hook has a new address. The one before no longer works."),
    "saved": message("Saved."),
    "unpublished": message("Unpublished. No contact enters any more."),
}
"""What the editor says after a form was carried out, by the parameter `told` of the address."""


class MissingItem(msgspec.Struct, frozen=True):
    """One problem in the list of what is missing: the card's name, and the address where it is put right."""

    at: str
    path: str
    problem: str


class Editing(msgspec.Struct, frozen=True):
    """A workflow as it is now, what is missing in its draft, and what its forms offer."""

    workflow: Workflow
    missing: Missing
    choices: Choices
    counts: WorkflowCounts
    enrolment: EnrolmentView | None


async def show(request: web.Request) -> web.Response:
    """Show the steps of a workflow, and beside them its status and what is missing."""
    return await show_editor(request, "overview")


async def read_editing(request: web.Request) -> Editing:
    """The workflow that the address names; raises NotFound."""
    services, caller = request.app[SERVICES], request[CALLER]
    workflow = await read_workflow(caller, request.match_info["id"])
    problems = await problems_in(services, caller, workflow.draft)
    return Editing(
        workflow,
        sort_problems(workflow.draft.steps, problems),
        await read_choices(request),
        await read_counts(services, caller, workflow.id),
        await newest_enrolment(services, caller, workflow.id),
    )


async def show_editor(
    request: web.Request,
    panel: str,
    context: Mapping[str, Any] | None = None,
    *,
    editing: Editing | None = None,
    status: int = 200,
) -> web.Response:
    """The editor with one of its panels; `context` has what the panel needs."""
    caller, query = request[CALLER], request.query
    editing = editing or await read_editing(request)
    workflow, missing, choices = editing.workflow, editing.missing, editing.choices
    draft, path = workflow.draft, path_of(workflow)
    known: dict[str, Any] = {
        "room": "workflows",
        "part": "steps",
        "panel": panel,
        "workflow": workflow,
        "draft": draft,
        "path": path,
        "address": request.path_qs if request.method == "GET" else path,
        "revision": workflow.revision,
        "may_edit": caller.is_administrator,
        "lane": lane_of(draft.steps, missing, choices.titles, editing.counts.steps),
        "counts": editing.counts,
        "enrolment": editing.enrolment,
        "trigger_says": trigger_sentences(draft.trigger, choices.titles),
        "choices": choices,
        "trigger_problems": missing.sentences(TRIGGER),
        "missing": missing,
        "missing_items": _items(workflow, missing),
        "status": STATUSES["paused" if workflow.is_paused and workflow.is_published else workflow.status],
        "told": TOLD.get(query.get("told", "")) or _moved_to(workflow, query.get("moved", "")),
        "refused": False,
        "moved": query.get("moved", ""),
        "focused": query.get("by", ""),
        "focused_step": query.get("at", "") if query.get("told") else "",
        "current": "",
        "adding_at": "",
        "undo": None,
        "conflict": False,
    }
    known |= context or {}
    if takes_texts(request) and not known["conflict"]:
        return respond_texts(request, known, status)
    return await show_room(request, "workflows/editor", known, status=status)


def path_of(workflow: Workflow) -> str:
    """The address of a workflow's editor."""
    return f"{PATH}/{workflow.id}"


def _moved_to(workflow: Workflow, step_id: str) -> str:
    """Where the step that was just moved is now; empty if none was."""
    step = find_step(workflow.draft.steps, step_id)
    if step is None:
        return ""
    order = [each.id for each in all_steps(workflow.draft.steps)]
    return message(
        "Moved. %(name)s is step %(number)s of %(count)s now.",
        name=STEPS[kind_of(step)].name,
        number=order.index(step_id) + 1,
        count=len(order),
    )


def _items(workflow: Workflow, missing: Missing) -> list[MissingItem]:
    path = path_of(workflow)
    found = [MissingItem(message("Trigger"), f"{path}/trigger", each) for each in missing.sentences(TRIGGER)]
    for number, step in enumerate(all_steps(workflow.draft.steps), 1):
        name = message("Step %(number)s: %(name)s", number=number, name=STEPS[kind_of(step)].name)
        found += [MissingItem(name, f"{path}/steps/{step.id}", each) for each in missing.sentences(step.id)]
    settings = missing.sentences(SETTINGS)
    return found + [MissingItem(message("Settings"), f"{path}/settings", each) for each in settings]
