"""The runs of a workflow, and the history of each: `/dashboard/workflows/ID/runs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

import msgspec

from admitone.domain.errors import NotFound
from admitone.store.records.contacts.contacts import read_contacts
from admitone.usecases.runs.run_control import RunAction, change_failed_runs, change_run_by_hand
from admitone.usecases.runs.run_list import RunQuery, list_contact_runs, list_runs, read_run
from admitone.usecases.runs.run_view import RunView, StepRunView
from admitone.usecases.workflows.workflow_write import WORKFLOW, read_workflow
from admitone.web.dashboard.room import lead_to, more_at, show_room
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.workflows.contact_picks import ContactPick, pick_of
from admitone.web.dashboard.workflows.words import ENTRY_STATUSES, RUN_STATUSES, STEPS
from admitone.web.dashboard.workflows.workflow_editor import PATH
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.domain.workflows.run import RunStatus

ACTIONS: tuple[RunAction, ...] = get_args(RunAction)


class RunRow(msgspec.Struct, frozen=True):
    """A run as the list shows it; `contact` is None if the contact is gone.

    `step` is the name of the step at which the run stands, empty if it stands at none.
    """

    run: RunView
    contact: ContactPick | None
    status: str
    step: str


class ContactRunRow(msgspec.Struct, frozen=True):
    """A run as its contact's room shows it: the workflow's name, and as in `RunRow`."""

    run: RunView
    workflow: str
    status: str
    step: str


class HistoryRow(msgspec.Struct, frozen=True):
    """What happened at one step: the step's name, and what its status is called."""

    name: str
    status: str
    entry: StepRunView


async def show_list(request: web.Request) -> web.Response:
    """List the runs, newest first, those of one status if that is chosen."""
    services, caller = request.app[SERVICES], request[CALLER]
    workflow = await read_workflow(caller, request.match_info["id"])
    status = request.query.get("status", "")
    query = RunQuery(
        status=cast("RunStatus", status) if status in RUN_STATUSES else None,
        cursor=request.query.get("cursor"),
    )
    found = await list_runs(services, caller, workflow.id, query)
    context: dict[str, Any] = {
        "room": "workflows",
        "part": "runs",
        "name": workflow.draft.name,
        "path": f"{PATH}/{workflow.id}",
        "may_edit": caller.is_administrator,
        "rows": await run_rows(request, found.items),
        "statuses": RUN_STATUSES,
        "status": status,
        "more": more_at(request, found),
    }
    return await show_room(request, "workflows/runs", context)


async def run_rows(request: web.Request, runs: Sequence[RunView]) -> list[RunRow]:
    """The runs with their contacts' names and the steps at which they stand."""
    services, caller = request.app[SERVICES], request[CALLER]
    ids = list(dict.fromkeys(run.contact for run in runs))
    contacts = await read_contacts(services.store, caller.workspace, ids) if ids else []
    picks = {contact.id: pick_of(contact) for contact in contacts}
    return [RunRow(run, picks.get(run.contact), RUN_STATUSES[run.status], _step_name(run)) for run in runs]


async def contact_run_rows(request: web.Request, contact: str) -> list[ContactRunRow]:
    """The runs of a contact (its id), newest first; those of a workflow that was deleted have no room."""
    caller = request[CALLER]
    runs = await list_contact_runs(request.app[SERVICES], caller, contact)
    wanted = list(dict.fromkeys(run.workflow for run in runs))
    found = await caller.snapshot.load(*((WORKFLOW, one) for one in wanted)) if wanted else []
    names = {workflow.id: workflow.draft.name for workflow in found if workflow is not None}
    return [
        ContactRunRow(run, names[run.workflow], RUN_STATUSES[run.status], _step_name(run))
        for run in runs
        if run.workflow in names
    ]


async def show(request: web.Request) -> web.Response:
    """Show what happened in one run."""
    caller = request[CALLER]
    workflow = await read_workflow(caller, request.match_info["id"])
    run = await _run(request)
    [row] = await run_rows(request, [run])
    context: dict[str, Any] = {
        "room": "workflows",
        "part": "runs",
        "name": workflow.draft.name,
        "path": f"{PATH}/{workflow.id}",
        "may_edit": caller.is_administrator,
        "row": row,
        "run": run,
        "history": [_history_row(entry) for entry in run.history],
        "before": run.before if await _is_there(request, run.before) else None,
    }
    return await show_room(request, "workflows/run", context)


async def change(request: web.Request) -> web.Response:
    """Retry, skip or stop one run."""
    action, run = await _action(request), await _run(request)
    await change_run_by_hand(request.app[SERVICES], request[CALLER], run.id, action)
    return lead_to(f"{PATH}/{run.workflow}/runs/{run.id}", said="saved")


async def change_failed(request: web.Request) -> web.Response:
    """Retry, skip or stop all runs that have failed."""
    action, workflow = await _action(request), request.match_info["id"]
    await read_workflow(request[CALLER], workflow)
    await change_failed_runs(request.app[SERVICES], request[CALLER], workflow, action)
    return lead_to(f"{PATH}/{workflow}/runs", said="saved")


async def _run(request: web.Request) -> RunView:
    """The run that the address names; raises NotFound, also if it is another workflow's."""
    run = await read_run(request.app[SERVICES], request[CALLER], request.match_info["run"])
    if run.workflow != request.match_info["id"]:
        raise NotFound
    return run


async def _is_there(request: web.Request, run: str | None) -> bool:
    if run is None:
        return False
    try:
        await read_run(request.app[SERVICES], request[CALLER], run)
    except NotFound:
        return False
    return True


async def _action(request: web.Request) -> RunAction:
    """The button that was pressed; raises NotFound if there is no such button."""
    pressed = (await read_form(request)).text("act")
    for action in ACTIONS:
        if pressed == action:
            return action
    raise NotFound


def _step_name(run: RunView) -> str:
    standing = next((entry for entry in reversed(run.history) if entry.step == run.step), None)
    return STEPS[standing.kind].name if run.step and standing and standing.kind else ""


def _history_row(entry: StepRunView) -> HistoryRow:
    name = STEPS[entry.kind].name if entry.kind else ""
    return HistoryRow(name, ENTRY_STATUSES[entry.status], entry)
