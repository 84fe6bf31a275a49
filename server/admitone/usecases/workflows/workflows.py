"""Workflows: create, list, show, change and delete their drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import WorkflowChanged, invalid
from admitone.domain.workflows.draft import draft_problems
from admitone.domain.workflows.workflow import MOST, Workflow, WorkflowBody, version_id
from admitone.store.records.configuration.configuration import RecordWrite
from admitone.store.records.workflows.hooks import forget_samples
from admitone.texts.message import message
from admitone.usecases.shared.bodies import changed_body, refuse
from admitone.usecases.shared.listing import Listing, ListQuery, map_listing
from admitone.usecases.shared.published_workflows import VERSION, read_triggers
from admitone.usecases.shared.record_writes import earlier_answer
from admitone.usecases.shared.records import stored_records
from admitone.usecases.shared.services import new_id
from admitone.usecases.shared.settle import settle
from admitone.usecases.workflows.workflow_view import WorkflowView, view_workflow
from admitone.usecases.workflows.workflow_write import (
    WORKFLOW,
    Change,
    change_workflow,
    read_last_version,
    read_workflow,
    write_change,
    write_triggers,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.usecases.shared.services import Caller, Services


class WorkflowChange(WorkflowBody, frozen=True, kw_only=True):
    """A change of a draft. With `revision`, it is made only to the draft that has this revision."""

    revision: int | None = None


async def create_workflow(services: Services, caller: Caller, body: WorkflowBody) -> WorkflowView:
    """Create a workflow as a draft, which may be incomplete.

    A second call with the same Idempotency-Key returns the first call's view. Raises Invalid (too many
    workflows included), IdempotencyKeyReused, Busy.
    """
    if (earlier := earlier_answer(services, caller, WorkflowView)) is not None:
        return earlier
    refuse(draft_problems(body))
    now = services.now()
    workflow = Workflow(id=new_id(), created_at=now, changed_at=now, draft=body)

    async def attempt(caller: Caller) -> WorkflowView | None:
        if len(await caller.snapshot.ids(WORKFLOW)) >= MOST:
            raise invalid(
                "name",
                message("A workspace has at most %(most)s workflows.", most=MOST),
            )
        return await write_change(services, caller, None, Change(event="config.created", workflow=workflow))

    return await settle(caller, attempt)


async def list_workflows(services: Services, caller: Caller, query: ListQuery) -> Listing[WorkflowView]:
    """One part of the workspace's workflows, oldest first; raises Invalid for a bad cursor."""
    found = await stored_records(services, caller, WORKFLOW, query)
    return map_listing(found, lambda workflow: view_workflow(services, workflow))


async def show_workflow(services: Services, caller: Caller, workflow: str) -> WorkflowView:
    """One workflow; raises NotFound."""
    return view_workflow(services, await read_workflow(caller, workflow))


async def update_workflow(
    services: Services, caller: Caller, workflow: str, patch: Mapping[str, Any]
) -> WorkflowView:
    """Apply a merge patch (RFC 7396) to the draft; `steps` in it replaces all steps.

    What was published stays as it is. Raises NotFound, Invalid, Busy, and WorkflowChanged if the patch names
    a `revision` that the draft does not have.
    """

    async def decide(caller: Caller, before: Workflow) -> Change | None:
        change = changed_body(before.draft, WorkflowChange, patch)
        if change.revision not in (None, before.revision):
            raise WorkflowChanged
        draft = _body_of(change)
        refuse(draft_problems(draft))
        if msgspec.json.encode(draft) == msgspec.json.encode(before.draft):
            return None
        return Change(
            event="config.updated",
            workflow=msgspec.structs.replace(
                before,
                draft=draft,
                revision=before.revision + 1,
                changed_at=services.now(),
                has_changes=await _differs(caller, before, draft),
            ),
        )

    return await change_workflow(services, caller, workflow, decide)


async def delete_workflow(services: Services, caller: Caller, workflow: str) -> None:
    """Delete a workflow with its versions and its trigger; its runs end before their next step.

    Raises NotFound, Busy.
    """

    async def decide(caller: Caller, before: Workflow) -> Change:
        triggers = await read_triggers(caller.snapshot)
        ids = [version_id(before.id, number) for number in range(1, before.versions + 1)]
        await caller.snapshot.load(*((VERSION, one) for one in ids))
        others = [
            RecordWrite(
                kind=VERSION,
                id=one,
                version=caller.snapshot.version(VERSION, one),
                record=None,
                created_at=0,
            )
            for one in ids
        ]
        if triggers.find(before.id):
            others.append(write_triggers(caller.snapshot, triggers.replaced(before.id, None)))
        return Change(event="config.deleted", workflow=None, others=others, ends=True)

    await change_workflow(services, caller, workflow, decide)
    # No erasure would find it any more: those walk the workflows.
    await forget_samples(services.store, caller.workspace, [workflow])


def _body_of(change: WorkflowChange) -> WorkflowBody:
    """The draft that a change describes."""
    return WorkflowBody(**{name: getattr(change, name) for name in WorkflowBody.__struct_fields__})


async def _differs(caller: Caller, workflow: Workflow, draft: WorkflowBody) -> bool:
    """Whether the draft says anything else than the last version."""
    last = await read_last_version(caller.snapshot, workflow)
    return last is None or msgspec.json.encode(last.body) != msgspec.json.encode(draft)
