"""Publish a workflow, unpublish it, pause it and resume it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.errors import WorkflowChanged, invalid
from admitone.domain.workflows.workflow import (
    MOST_VERSIONS,
    ActiveTrigger,
    ActiveTriggers,
    Published,
    Workflow,
    version_id,
)
from admitone.store.records.configuration.configuration import RecordWrite
from admitone.texts.message import message
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.published_workflows import VERSION, read_triggers
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.workflows.workflow_check import problems_in
from admitone.usecases.workflows.workflow_write import Change, change_workflow, write_triggers

if TYPE_CHECKING:
    from admitone.domain.event import EventKind
    from admitone.usecases.shared.services import Caller, Services
    from admitone.usecases.workflows.workflow_view import WorkflowView


class Publishing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """With `revision`, the draft is published only if it has this revision."""

    revision: int | None = None


class Unpublishing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What becomes of the runs under way: they `continue`, or they `stop` before their next step."""

    running: Literal["continue", "stop"] = "continue"


async def publish_workflow(
    services: Services, caller: Caller, workflow: str, publishing: Publishing
) -> WorkflowView:
    """Make the draft the next version, which contacts enter from now on.

    Runs under way stay with their version. A draft that is published already is left as it is. A trigger that
    the version before has too goes on without a gap: events that wait for the worker let contacts enter.

    Raises NotFound, WorkflowChanged, Busy, and Invalid for what is missing, at its place in the workflow.
    """

    async def decide(caller: Caller, before: Workflow) -> Change | None:
        if publishing.revision not in (None, before.revision):
            raise WorkflowChanged
        if before.is_published and not before.has_changes:
            return None
        refuse(await problems_in(services, caller, before.draft))
        number = before.versions + 1
        if number > MOST_VERSIONS:
            raise invalid("", message("A workflow has at most %(most)s versions.", most=MOST_VERSIONS))
        triggers = await read_triggers(caller.snapshot)
        after = msgspec.structs.replace(before, versions=number, is_published=True, has_changes=False)
        trigger = _trigger(services, after, triggers)
        published = Published(
            workflow=before.id,
            number=number,
            published_at=services.now(),
            published_by=caller.user.id,
            body=before.draft,
        )
        version = RecordWrite(
            kind=VERSION,
            id=version_id(before.id, number),
            version=0,
            record=published,
            created_at=creation_order(),
        )
        others = [version, write_triggers(caller.snapshot, triggers.replaced(before.id, trigger))]
        return Change(event="workflow.published", workflow=after, others=others)

    return await change_workflow(services, caller, workflow, decide)


async def unpublish_workflow(
    services: Services, caller: Caller, workflow: str, unpublishing: Unpublishing
) -> WorkflowView:
    """Let no contact enter any more. Raises NotFound, Busy."""

    async def decide(caller: Caller, before: Workflow) -> Change | None:
        stopped = before.versions if unpublishing.running == "stop" else before.stopped_versions
        after = msgspec.structs.replace(before, is_published=False, stopped_versions=stopped)
        if after == before:
            return None
        return await _with_trigger(caller, "workflow.unpublished", after, None, ends=True)

    return await change_workflow(services, caller, workflow, decide)


async def pause_workflow(services: Services, caller: Caller, workflow: str, *, pause: bool) -> WorkflowView:
    """Pause a workflow, or resume it: while it is paused, contacts enter, and no step begins.

    Raises NotFound, Busy.
    """

    async def decide(caller: Caller, before: Workflow) -> Change | None:
        if before.is_paused == pause:
            return None
        after = msgspec.structs.replace(before, is_paused=pause)
        trigger = (await read_triggers(caller.snapshot)).find(before.id)
        paused = trigger and msgspec.structs.replace(trigger, is_paused=pause)
        return await _with_trigger(caller, "config.updated", after, paused, ends=pause)

    return await change_workflow(services, caller, workflow, decide)


async def _with_trigger(
    caller: Caller, event: EventKind, after: Workflow, trigger: ActiveTrigger | None, *, ends: bool
) -> Change:
    """The change to `after`, whose trigger becomes `trigger`; None if it has none."""
    triggers = await read_triggers(caller.snapshot)
    others = []
    if triggers.find(after.id) != trigger:
        others.append(write_triggers(caller.snapshot, triggers.replaced(after.id, trigger)))
    return Change(event=event, workflow=after, others=others, ends=ends)


def _trigger(services: Services, workflow: Workflow, triggers: ActiveTriggers) -> ActiveTrigger:
    """The trigger of the version that is published now."""
    before, trigger = triggers.find(workflow.id), workflow.draft.trigger
    goes_on = before is not None and before.trigger == trigger
    return ActiveTrigger(
        workflow=workflow.id,
        version=workflow.versions,
        since=before.since if before is not None and goes_on else services.now(),
        trigger=trigger,
        is_paused=workflow.is_paused,
    )
