"""Reads workflows with their versions and triggers, and writes them in one step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.event import Event, EventKind
from admitone.domain.workflows.workflow import ActiveTriggers, Published, Workflow, version_id
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.store.records.configuration.configuration_cache import field_of
from admitone.usecases.shared.published_workflows import TRIGGERS, VERSION
from admitone.usecases.shared.record_writes import (
    answer_to_keep,
    audited,
    creation_order,
    earlier_answer,
    existing,
    final_answer,
)
from admitone.usecases.shared.settle import settle
from admitone.usecases.workflows.hook_token import with_hook, without_hook
from admitone.usecases.workflows.workflow_view import WorkflowView, view_workflow

if TYPE_CHECKING:
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Caller, Services

WORKFLOW = "workflow"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What to write: the workflow, None to delete it, and the records that change with it.

    A full Redis takes only what `ends` something.
    """

    event: EventKind
    workflow: Workflow | None
    others: Sequence[RecordWrite] = ()
    ends: bool = False


Decide = Callable[["Caller", Workflow], Awaitable[Change | None]]
"""Decides on a change of a workflow; None stands for no change."""


async def read_workflow(caller: Caller, workflow: str) -> Workflow:
    """The workflow with this id; raises NotFound."""
    found: Workflow = await existing(caller, WORKFLOW, workflow)
    return found


async def read_last_version(snapshot: Snapshot, workflow: Workflow) -> Published | None:
    """The version that was published last; None before the first."""
    last = (VERSION, version_id(workflow.id, workflow.versions))
    found: list[Published | None] = await snapshot.load(last) if workflow.versions else [None]
    return found[0]


async def change_workflow(services: Services, caller: Caller, workflow: str, decide: Decide) -> WorkflowView:
    """Make the change that `decide` decides on, and return the view after it.

    A second call with the same Idempotency-Key returns the first call's view. Raises NotFound, Busy,
    IdempotencyKeyReused, and what `decide` raises.
    """
    if (earlier := earlier_answer(services, caller, WorkflowView)) is not None:
        return earlier

    async def attempt(caller: Caller) -> WorkflowView | None:
        before = await read_workflow(caller, workflow)
        change = await decide(caller, before)
        if change is None:
            return view_workflow(services, before)
        return await write_change(services, caller, before, change)

    return await settle(caller, attempt)


async def write_change(
    services: Services, caller: Caller, before: Workflow | None, change: Change
) -> WorkflowView | None:
    """Write a change over the workflow `before`, None for a new one; None if a record has changed since."""
    after, others = change.workflow, [*change.others]
    if after is not None:
        after, hook = with_hook(services, caller.workspace, after)
        others += hook
    elif before is not None:
        others += await without_hook(services, caller.snapshot, before)
    shown = after or before
    assert shown is not None
    view = view_workflow(services, shown)
    version = caller.snapshot.version(WORKFLOW, shown.id) if before else 0
    record = RecordWrite(
        kind=WORKFLOW, id=shown.id, version=version, record=after, created_at=creation_order()
    )
    written = await write_config(
        services.store,
        caller.workspace,
        [record, *others],
        Event(
            type=change.event,
            at=services.now(),
            by=caller.user.id,
            record=field_of(WORKFLOW, shown.id),
            workflow=shown.id,
        ),
        now=services.now(),
        ends=change.ends,
        operation=caller.operation,
        kept=answer_to_keep(services, caller, view) if after else "",
        audit=audited(services, caller, WORKFLOW, shown.id, before, after),
    )
    return None if written.code is Code.MOVED else final_answer(services, caller, written, view)


def write_triggers(snapshot: Snapshot, triggers: ActiveTriggers) -> RecordWrite:
    """How to write `triggers` over those that the snapshot holds."""
    kind, record_id = TRIGGERS
    version = snapshot.version(kind, record_id)
    return RecordWrite(kind=kind, id=record_id, version=version, record=triggers, created_at=creation_order())
