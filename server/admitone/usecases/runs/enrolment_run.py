"""The job `workflow.enrol`: lets the contacts of an enrolment enter, some at a time.

Each part ends with a script that moves the enrolment on from where it stood. A job that died is done again
from its last part: the id of a run is derived from enrolment and contact, so that nobody enters twice.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.jobs.job import JobNotDue
from admitone.store.codes import Code
from admitone.store.outbox.outbox_figures import MOST_WAITING, waiting_entries
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.index import IndexEntry, read_index
from admitone.store.records.workflows.enrolments import note_enrolment, read_enrolments
from admitone.usecases.runs.enter import Entering, enter, read_published
from admitone.usecases.webhooks.webhook_list import WEBHOOKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.jobs.job import Job
    from admitone.domain.workflows.enrolment import Enrolment
    from admitone.domain.workflows.workflow import Published
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

AT_ONCE = 50


async def run_enrolment(services: Services, job: Job) -> None:
    """Work an enrolment off to its end, or until its workflow is unpublished.

    Raises JobNotDue while others wait, Busy.
    """
    enrolment = (job.event.record or "").partition(":")[2]
    store, workspace = services.store, job.workspace
    while found := await read_enrolments(store, workspace, [enrolment]):
        [made] = found
        if made.state != "running":
            return
        if await waiting_entries(store, workspace) > MOST_WAITING:
            raise JobNotDue(services.now() + 1)
        records = (WEBHOOKS, ("workflow", made.workflow))
        snapshot = await read_snapshot(store, workspace, Wanted(records=records))
        published = await read_published(snapshot, made.workflow)
        if published is None:
            after = msgspec.structs.replace(made, state="stopped", ended_at=services.now())
        else:
            after = await _next_part(services, snapshot, published, made)
        await note_enrolment(store, workspace, made, after)


async def _next_part(
    services: Services, snapshot: Snapshot, published: Published, made: Enrolment
) -> Enrolment:
    """Let the next contacts enter; the enrolment as it is then."""
    found = await _next_contacts(services, snapshot.workspace, made)
    if not found:
        return msgspec.structs.replace(made, state="done", ended_at=services.now())
    entering = Entering(published=published, cause=f"enrol:{made.id}")
    codes = await asyncio.gather(*(enter(services, snapshot, entering, entry.id) for entry in found))
    return msgspec.structs.replace(
        made,
        place=found[-1].score,
        last=found[-1].id,
        looked_at=made.looked_at + len(found),
        entered=made.entered + sum(code in {Code.OK, Code.APPLIED} for code in codes),
    )


async def _next_contacts(services: Services, workspace: str, made: Enrolment) -> Sequence[IndexEntry]:
    keys = services.store.keys(workspace)
    return await read_index(
        services.store,
        keys.tag_contacts(made.tag) if made.tag else keys.contacts,
        after=IndexEntry(made.place, made.last) if made.last else None,
        limit=AT_ONCE,
        newest_first=False,
        high=made.until,
    )
