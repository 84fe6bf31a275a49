"""Let contacts enter a workflow by hand: chosen ones, all with a tag, or all there are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta, field

from admitone.domain.contacts.contact import tag_of
from admitone.domain.errors import WorkflowNotPublished, invalid
from admitone.domain.workflows.run import run_id
from admitone.store.codes import Code
from admitone.store.records.operations import new_operation
from admitone.texts.message import message
from admitone.usecases.runs.enrol_everyone import EnrolmentView, enrol_everyone
from admitone.usecases.runs.enter import Entering, enter, read_published
from admitone.usecases.shared.record_writes import existing

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services

AT_ONCE = 50
MOST = 1000


class EnrolBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a caller enrols, one of three: up to 1,000 contacts by id, everyone with a `tag`, or `all`."""

    contacts: Annotated[list[str], Meta(min_length=1, max_length=MOST)] | None = None
    tag: str | None = None
    everyone: bool = field(name="all", default=False)


class Enrolled(msgspec.Struct, frozen=True):
    """What became of one contact: `entered`, `unchanged` if re-entry does not allow it, or `unknown`."""

    contact: str
    result: Literal["entered", "unchanged", "unknown"]
    run: str | None = None


class Enrolling(msgspec.Struct, frozen=True):
    """What became of each chosen contact; or the enrolment that has begun, of everyone or of a tag."""

    items: Sequence[Enrolled] = ()
    enrolment: EnrolmentView | None = None


async def enrol(services: Services, caller: Caller, workflow: str, body: EnrolBody) -> Enrolling:
    """Let contacts enter the present version; the filters of the trigger do not count.

    A second call with the same Idempotency-Key starts no second runs. Raises Invalid, NotFound,
    WorkflowNotPublished, IdempotencyKeyReused, Busy.
    """
    if (body.contacts is not None) + (body.tag is not None) + body.everyone != 1:
        raise invalid("contacts", message("Give one of three: contacts, a tag, or all."))
    if body.contacts is not None:
        return Enrolling(await enrol_chosen(services, caller, workflow, body.contacts))
    if body.tag is not None and not tag_of(body.tag):
        raise invalid("tag", message("Enter a tag."))
    return Enrolling(enrolment=await enrol_everyone(services, caller, workflow, body.tag))


async def enrol_chosen(
    services: Services, caller: Caller, workflow: str, contacts: Sequence[str]
) -> list[Enrolled]:
    """As `enrol`, for these contacts."""
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

    wanted, found = list(dict.fromkeys(contacts)), list[Enrolled]()
    for start in range(0, len(wanted), AT_ONCE):
        found += await asyncio.gather(*map(one, wanted[start : start + AT_ONCE]))
    return found
