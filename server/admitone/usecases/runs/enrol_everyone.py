"""Let everyone enter a workflow, or everyone with a tag: an enrolment that a job works off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.contacts.contact import tag_of
from admitone.domain.errors import IdempotencyKeyReused, NotFound, WorkflowNotPublished
from admitone.domain.instant import Instant
from admitone.domain.jobs.job import Timer, job_id
from admitone.domain.workflows.enrolment import Enrolment, EnrolmentState
from admitone.store.codes import Code
from admitone.store.records.contacts.contacts import count_contacts
from admitone.store.records.operations import new_operation
from admitone.store.records.workflows.enrolments import (
    newest_enrolments,
    read_enrolments,
    start_enrolment,
)
from admitone.usecases.runs.enter import read_published
from admitone.usecases.shared.record_writes import creation_order, existing

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services

JOB = "workflow.enrol"


class EnrolmentView(msgspec.Struct, frozen=True, kw_only=True):
    """How far an enrolment has come; `tag` is null if it enrols everyone.

    `contacts` is how many there were when it began, `looked_at` how many of them were looked at so far, and
    `entered` those who entered; re-entry did not allow it for the others. `stopped` means that the workflow
    was unpublished before the end.
    """

    id: str
    workflow: str
    tag: str | None
    state: EnrolmentState
    contacts: int
    looked_at: int
    entered: int
    started_at: Instant
    ended_at: Instant | None


async def enrol_everyone(services: Services, caller: Caller, workflow: str, tag: str | None) -> EnrolmentView:
    """Begin to let all contacts there are enter, those with a `tag` if it is given.

    A second call with the same Idempotency-Key is the same enrolment. Raises NotFound, WorkflowNotPublished,
    IdempotencyKeyReused.
    """
    await existing(caller, "workflow", workflow)
    if await read_published(caller.snapshot, workflow) is None:
        raise WorkflowNotPublished
    store, workspace, now = services.store, caller.workspace, services.now()
    sought = tag_of(tag) if tag else None
    made = Enrolment(
        id=_enrolment_id(caller, workflow),
        workflow=workflow,
        state="running",
        by=caller.user.id,
        at=now,
        until=creation_order(),
        contacts=await count_contacts(store, workspace, sought),
        tag=sought,
    )
    job = Timer(JOB, "record", f"enrolment:{made.id}", now).text(workspace)
    if await start_enrolment(store, workspace, made, job) is not Code.APPLIED:
        return _view(made)
    [earlier] = await read_enrolments(store, workspace, [made.id])
    if earlier.tag != made.tag:
        raise IdempotencyKeyReused
    return _view(earlier)


async def read_enrolment(services: Services, caller: Caller, workflow: str, enrolment: str) -> EnrolmentView:
    """One enrolment of a workflow; raises NotFound."""
    is_id = tokens.is_record(enrolment)
    found = await read_enrolments(services.store, caller.workspace, [enrolment]) if is_id else []
    if not found or found[0].workflow != workflow:
        raise NotFound
    return _view(found[0])


async def newest_enrolment(services: Services, caller: Caller, workflow: str) -> EnrolmentView | None:
    """The enrolment of a workflow that began last, None if there is none."""
    found = await newest_enrolments(services.store, caller.workspace, workflow, 1)
    return _view(found[0]) if found else None


def _enrolment_id(caller: Caller, workflow: str) -> str:
    """The id of the enrolment that the call begins: derived, so that a call made twice begins one."""
    operation = caller.operation or new_operation()
    return job_id(caller.workspace, workflow, "enrolment", operation.id)[: tokens.RECORD_LENGTH]


def _view(made: Enrolment) -> EnrolmentView:
    return EnrolmentView(
        id=made.id,
        workflow=made.workflow,
        tag=made.tag,
        state=made.state,
        contacts=made.contacts,
        looked_at=made.looked_at,
        entered=made.entered,
        started_at=Instant(made.at),
        ended_at=None if made.ended_at is None else Instant(made.ended_at),
    )
