"""Let chosen contacts enter a workflow, by hand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.errors import WorkflowNotPublished
from admitone.domain.workflows.run import run_id
from admitone.store.codes import Code
from admitone.store.records.operations import new_operation
from admitone.usecases.runs.enter import Entering, enter, read_published
from admitone.usecases.shared.listing import Items
from admitone.usecases.shared.record_writes import existing

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services

AT_ONCE = 50
MOST = 1000


class EnrolBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a caller writes to enrol up to 1,000 contacts: their ids."""

    contacts: Annotated[list[str], Meta(min_length=1, max_length=MOST)]


class Enrolled(msgspec.Struct, frozen=True):
    """What became of one contact: `entered`, `unchanged` if re-entry does not allow it, or `unknown`."""

    contact: str
    result: Literal["entered", "unchanged", "unknown"]
    run: str | None = None


async def enrol(services: Services, caller: Caller, workflow: str, body: EnrolBody) -> Items[Enrolled]:
    """Let these contacts enter the present version; the filters of the trigger do not count.

    A second call with the same Idempotency-Key starts no second runs. Raises NotFound, WorkflowNotPublished,
    Busy.
    """
    await existing(caller, "workflow", workflow)
    published = await read_published(caller.snapshot, workflow)
    if published is None:
        raise WorkflowNotPublished
    operation = caller.operation or new_operation()
    entering = Entering(published=published, cause=f"enrol:{operation.id}")

    async def one(contact: str) -> Enrolled:
        code = await enter(services, caller.snapshot, entering, contact)
        if code in {Code.OK, Code.APPLIED}:
            run = run_id(caller.workspace, workflow, contact, entering.cause)
            return Enrolled(contact, "entered", run)
        return Enrolled(contact, "unknown" if code is Code.NOT_FOUND else "unchanged")

    wanted, found = list(dict.fromkeys(body.contacts)), list[Enrolled]()
    for start in range(0, len(wanted), AT_ONCE):
        found += await asyncio.gather(*map(one, wanted[start : start + AT_ONCE]))
    return Items(found)
