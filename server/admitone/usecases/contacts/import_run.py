"""The job `contacts.import`: check a file part by part, or import it.

Each part ends with a script that moves the import on from where it stood. So a job that died is done again
from its last part, two of them do not double anything, and an import that was stopped goes no further: a
part that was written twice is one operation, whose first result counts.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.contacts.contact_import import MOST_PROBLEMS, UNDER_WAY, ContactImport
from admitone.domain.contacts.file_contacts import CellProblem, RowContacts
from admitone.domain.event import Event
from admitone.domain.jobs.job import JobNotDue
from admitone.store.outbox.outbox_figures import MOST_WAITING, waiting_entries
from admitone.store.records.contacts.contact_imports import note_import, read_import, read_part, read_problems
from admitone.store.records.erasures import erased_among
from admitone.usecases.contacts.import_write import RowContact, write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.contacts.file_rows import Row
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()
BREATH = 50
"""Rows after which other work of this process gets its turn."""


async def run_import(services: Services, job: Job) -> None:
    """Check or import the file to its end. Raises JobNotDue while others wait, Busy, StorageFull."""
    import_id = (job.event.record or "").partition(":")[2]
    while True:
        made = await read_import(services.store, job.workspace, import_id)
        if made is None or made.state not in UNDER_WAY:
            return
        rows = await read_part(services.store, job.workspace, import_id, made.position)
        if rows is None:
            await _fail(services, job.workspace, made)
        elif made.state == "checking":
            await _check(services, job.workspace, made, rows)
        elif await waiting_entries(services.store, job.workspace) > MOST_WAITING:
            raise JobNotDue(services.now() + 1)
        else:
            await _import(services, job.workspace, made, rows)


async def _check(services: Services, workspace: str, made: ContactImport, rows: Sequence[Row]) -> None:
    """Note what is wrong in one part; after the last one, the file is checked."""
    _, problems = await _read(services, made, rows)
    kept = problems[: max(MOST_PROBLEMS - made.problems, 0)]
    is_last = made.position + 1 == made.parts
    after = msgspec.structs.replace(
        made,
        state="checked" if is_last else "checking",
        position=0 if is_last else made.position + 1,
        refused=made.refused + sum(problem.refuses for problem in problems),
        flawed=made.flawed + len({problem.row for problem in problems if not problem.refuses}),
        problems=made.problems + len(kept),
    )
    # What an earlier check with other columns found is no longer true.
    drops = [f"p{made.position}"]
    await note_import(services.store, workspace, made, after, drops=drops, problems=kept)


async def _import(services: Services, workspace: str, made: ContactImport, rows: Sequence[Row]) -> None:
    """Write the contacts of one part; after the last one, the import has ended."""
    contacts, _ = await _read(services, made, rows)
    erased = await erased_among(services.store, workspace, [one.email for _, one in contacts], made.at)
    left = [(row, contact) for row, contact in contacts if contact.email not in erased]
    written = await write_rows(services, workspace, made, left)
    is_last = made.position + 1 == made.parts
    after = msgspec.structs.replace(
        made,
        state="imported" if is_last else "importing",
        position=made.position + 1,
        created=made.created + written.created,
        merged=made.merged + written.merged,
        refused=made.refused + len(written.problems) + len(contacts) - len(left),
        problems=made.problems + len(written.problems),
        ended_at=services.now() if is_last else None,
    )
    await note_import(
        services.store,
        workspace,
        made,
        after,
        drops=[f"r{made.position}"],
        problems=await _with_earlier(services, workspace, made, written.problems),
        event=_event(services, after) if is_last else None,
    )


async def _read(
    services: Services, made: ContactImport, rows: Sequence[Row]
) -> tuple[list[RowContact], list[CellProblem]]:
    """The contacts of the rows by their numbers, and what is wrong in them."""
    assert made.columns is not None
    reader = RowContacts(made.columns, test_addresses=services.test_addresses)
    contacts: list[RowContact] = []
    problems: list[CellProblem] = []
    for place, row in enumerate(rows):
        if place % BREATH == 0:
            await asyncio.sleep(0)
        found = reader.read(row)
        problems += found.problems
        if found.contact is not None:
            contacts.append((row.number, found.contact))
    return contacts, problems


async def _with_earlier(
    services: Services, workspace: str, made: ContactImport, problems: Sequence[CellProblem]
) -> Sequence[CellProblem]:
    """These problems and those that checking found in the part; nothing if none is new."""
    if not problems:
        return ()
    earlier = await read_problems(services.store, workspace, made.id, made.position)
    return sorted([*earlier, *problems], key=lambda problem: problem.row)


async def _fail(services: Services, workspace: str, made: ContactImport) -> None:
    """End an import whose file is gone: it waited for more than a day."""
    after = msgspec.structs.replace(made, state="failed", ended_at=services.now())
    await note_import(services.store, workspace, made, after)
    log.warning("import-failed", id=made.id, part=made.position)


def _event(services: Services, made: ContactImport) -> Event | None:
    """The entry of the activity stream: one for the whole file, which would hide all others."""
    count = made.created + made.merged
    if not count:
        return None
    return Event(type="contacts.imported", at=services.now(), by=made.by, count=count)
