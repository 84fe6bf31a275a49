"""The steps of a draft: added, changed, moved, duplicated, deleted and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Invalid, NotFound, WorkflowChanged
from admitone.domain.workflows.edit import (
    duplicated,
    find_step,
    inserted,
    moved,
    moved_to,
    place_from,
    place_of,
    removed,
    replaced,
)
from admitone.domain.workflows.steps import Step, all_steps, kind_of
from admitone.usecases.workflows.workflow_write import read_workflow
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.workflows.draft_change import change_steps, new_step_id
from admitone.web.dashboard.workflows.panel_texts import answer_saved
from admitone.web.dashboard.workflows.step_forms import decoded_step, new_step, read_step
from admitone.web.dashboard.workflows.step_panel import show_step
from admitone.web.dashboard.workflows.words import STEPS
from admitone.web.dashboard.workflows.workflow_editor import path_of, show_editor
from admitone.web.http.appkeys import CALLER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.domain.workflows.workflow import Workflow


async def choose(request: web.Request) -> web.Response:
    """Choose the kind of a new step, which goes to the place `at`."""
    place = place_from(request.query.get("at", "0"))
    return await show_editor(request, "choose", {"adding_at": place.text, "step_words": STEPS})


async def add(request: web.Request) -> web.Response:
    """Add a step, and open its form."""
    sent = await read_form(request)
    workflow = await _workflow(request)
    steps = workflow.draft.steps
    try:
        step = new_step(sent.text("kind"), new_step_id(steps))
        await change_steps(request, sent, steps, inserted(steps, place_from(sent.text("place")), step))
    except (Invalid, WorkflowChanged) as refusal:
        return await _refused(request, refusal)
    return lead_to(f"{path_of(workflow)}/steps/{step.id}")


async def show(request: web.Request) -> web.Response:
    """Show the form of one step."""
    _, step = await _named(request)
    return await show_step(request, step)


async def update(request: web.Request) -> web.Response:
    """Change one step."""
    sent = await read_form(request)
    workflow, step = await _named(request)
    steps = workflow.draft.steps
    try:
        await change_steps(request, sent, steps, replaced(steps, read_step(sent, steps, step.id)))
    except (Invalid, WorkflowChanged) as refusal:
        return await show_step(request, step, sent, refusal)
    return await answer_saved(request, show)


async def move(request: web.Request) -> web.Response:
    """Move a step up or down by one place, or to the place that is named."""
    sent = await read_form(request)
    workflow, step = await _named(request)
    steps, by = workflow.draft.steps, sent.text("by")
    try:
        if by in {"up", "down"}:
            there = moved(steps, step.id, -1 if by == "up" else 1)
        else:
            there = moved_to(steps, step.id, place_from(sent.text("place")))
        await change_steps(request, sent, steps, there)
    except (Invalid, WorkflowChanged) as refusal:
        return await _refused(request, refusal)
    return lead_to(path_of(workflow), moved=step.id, by=by)


async def duplicate(request: web.Request) -> web.Response:
    """Add a copy of a step after it."""
    sent = await read_form(request)
    workflow, step = await _named(request)
    steps = workflow.draft.steps
    try:
        there = duplicated(steps, step.id, lambda: new_step_id(steps))
        await change_steps(request, sent, steps, there)
    except (Invalid, WorkflowChanged) as refusal:
        return await _refused(request, refusal)
    return lead_to(path_of(workflow), told="duplicated", at=_first_new(steps, there))


async def delete(request: web.Request) -> web.Response:
    """Delete a step, and offer to bring it back. Only this answer has the step in it."""
    sent = await read_form(request)
    workflow = await _workflow(request)
    steps, step_id = workflow.draft.steps, request.match_info["step"]
    step, place = find_step(steps, step_id), place_of(steps, step_id)
    if step is None or place is None:  # the page was loaded again
        return lead_to(path_of(workflow))
    try:
        await change_steps(request, sent, steps, removed(steps, step_id))
    except WorkflowChanged as refusal:
        return await _refused(request, refusal)
    undo = {
        "place": place.text,
        "step": msgspec.json.encode(step).decode(),
        "number": _number(steps, step),
        "name": STEPS[kind_of(step)].name,
    }
    return await show_editor(request, "overview", {"undo": undo})


async def undo_delete(request: web.Request) -> web.Response:
    """Bring back the step that was just deleted, to its place."""
    sent = await read_form(request)
    workflow = await _workflow(request)
    steps = workflow.draft.steps
    try:
        step = decoded_step(sent.fields.get("step", ""))
        there = inserted(steps, place_from(sent.text("place")), step)
        await change_steps(request, sent, steps, there)
    except (Invalid, WorkflowChanged) as refusal:
        return await _refused(request, refusal)
    return lead_to(path_of(workflow), told="restored", at=step.id)


async def _workflow(request: web.Request) -> Workflow:
    return await read_workflow(request[CALLER], request.match_info["id"])


async def _named(request: web.Request) -> tuple[Workflow, Step]:
    """The workflow and the step that the address names; raises NotFound."""
    workflow = await _workflow(request)
    step = find_step(workflow.draft.steps, request.match_info["step"])
    if step is None:
        raise NotFound
    return workflow, step


async def _refused(request: web.Request, refusal: Invalid | WorkflowChanged) -> web.Response:
    """The editor as it is now, which says why nothing was changed."""
    if isinstance(refusal, WorkflowChanged):
        return await show_editor(request, "overview", {"conflict": True}, status=409)
    told = refusal.errors[0].message
    return await show_editor(request, "overview", {"told": told, "refused": True}, status=422)


def _first_new(before: Sequence[Step], after: Sequence[Step]) -> str:
    known = {step.id for step in all_steps(before)}
    return next(step.id for step in all_steps(after) if step.id not in known)


def _number(steps: Sequence[Step], step: Step) -> int:
    return [each.id for each in all_steps(steps)].index(step.id) + 1
