"""The jobs `contacts.import` and `links.import`: check a file part by part, or write what its rows make.

Each part ends with a script that moves the import on from where it stood. So a job that died is done again
from its last part, two of them do not double anything, and an import that was stopped goes no further: a
part that was written twice is one operation, whose first result counts.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.imports.file_import import MOST_PROBLEMS, UNDER_WAY, FileImport
from admitone.domain.jobs.job import JobNotDue
from admitone.store.outbox.outbox_figures import MOST_WAITING, waiting_entries
from admitone.store.records.erasures import erased_among
from admitone.store.records.file_imports import note_import, read_import, read_part, read_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.imports.file_rows import Row
    from admitone.domain.imports.read_row import CellProblem
    from admitone.domain.jobs.job import Job
    from admitone.usecases.imports.import_kind import ImportKind, RowItem
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()
BREATH = 50
"""Rows after which other work of this process gets its turn."""


async def run_import(kind: ImportKind, services: Services, job: Job) -> None:
    """Check or import the file to its end. Raises JobNotDue while others wait, Busy, StorageFull."""
    await work_on(kind, services, job.workspace, (job.event.record or "").partition(":")[2])


async def work_on(kind: ImportKind, services: Services, workspace: str, import_id: str) -> None:
    """Do what `run_import` does, for an import by its id. Several may do it at once."""
    while True:
        made = await read_import(services.store, workspace, import_id)
        if made is None or made.state not in UNDER_WAY:
            return
        rows = await read_part(services.store, workspace, import_id, made.position)
        if rows is None:
            await _fail(services, workspace, made)
        elif made.state == "checking":
            await _check(kind, services, workspace, made, rows)
        elif await waiting_entries(services.store, workspace) > MOST_WAITING:
            raise JobNotDue(services.now() + 1)
        else:
            await _import(kind, services, workspace, made, rows)


async def _check(
    kind: ImportKind, services: Services, workspace: str, made: FileImport, rows: Sequence[Row]
) -> None:
    """Note what is wrong in one part; after the last one, the file is checked."""
    _, problems = await _read(kind, services, workspace, made, rows)
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


async def _import(
    kind: ImportKind, services: Services, workspace: str, made: FileImport, rows: Sequence[Row]
) -> None:
    """Write what one part makes; after the last one, the import has ended."""
    found = await read_problems(services.store, workspace, made.id, made.position)
    refused = {problem.row for problem in found if problem.refuses}
    accepted = [row for row in rows if row.number not in refused]
    items, _ = await _read(kind, services, workspace, made, accepted)
    erased = await erased_among(services.store, workspace, [one.email for _, one in items], made.at)
    left = [(row, one) for row, one in items if one.email not in erased]
    written = await kind.write(services, workspace, made, left)
    is_last = made.position + 1 == made.parts
    after = msgspec.structs.replace(
        made,
        state="imported" if is_last else "importing",
        position=made.position + 1,
        created=made.created + written.created,
        merged=made.merged + written.merged,
        refused=made.refused + len(written.problems) + len(items) - len(left),
        problems=made.problems + len(written.problems),
        ended_at=services.now() if is_last else None,
    )
    await note_import(
        services.store,
        workspace,
        made,
        after,
        drops=[f"r{made.position}"],
        problems=_with_earlier(found, written.problems),
        event=kind.event(after, services.now()) if is_last else None,
    )


async def _read(
    kind: ImportKind, services: Services, workspace: str, made: FileImport, rows: Sequence[Row]
) -> tuple[list[RowItem], list[CellProblem]]:
    """What the rows make, by their numbers, and what is wrong in them."""
    reader = await kind.reader(services, workspace, made)
    items: list[RowItem] = []
    problems: list[CellProblem] = []
    for place, row in enumerate(rows):
        if place % BREATH == 0:
            await asyncio.sleep(0)
        found = reader.read(row)
        problems += found.problems
        if found.item is not None:
            items.append((row.number, found.item))
    return items, problems


def _with_earlier(found: Sequence[CellProblem], problems: Sequence[CellProblem]) -> Sequence[CellProblem]:
    """These problems and those that checking found in the part; nothing if none is new."""
    return sorted([*found, *problems], key=lambda problem: problem.row) if problems else ()


async def _fail(services: Services, workspace: str, made: FileImport) -> None:
    """End an import whose file is gone: it waited for more than a day."""
    after = msgspec.structs.replace(made, state="failed", ended_at=services.now())
    await note_import(services.store, workspace, made, after)
    log.warning("import-failed", id=made.id, part=made.position)
