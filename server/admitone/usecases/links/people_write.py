"""Make a one-time link for each person of a file, part by part."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from admitone.domain.errors import Invalid, OneTimeNotOffered
from admitone.domain.imports.read_row import CellProblem
from admitone.domain.jobs.job import job_id
from admitone.domain.links.file_people import TARGETS, RowPeople, proposed_people
from admitone.domain.links.link import BatchBody
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.file_imports import read_about, read_part
from admitone.store.records.operations import Operation
from admitone.texts.message import message
from admitone.usecases.imports.import_kind import ImportKind, Written
from admitone.usecases.links.link_create import create_link_batch
from admitone.usecases.shared.services import Caller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.imports.file_import import FileImport
    from admitone.domain.people.user import User
    from admitone.usecases.imports.import_kind import RowItem
    from admitone.usecases.shared.services import Services

BREATH = 50
"""Rows after which other work of this process gets its turn."""
FORMER_MAKER = message("Whoever uploaded this file is no longer a user here.")


async def write_links(
    services: Services, workspace: str, made: FileImport, rows: Sequence[RowItem]
) -> Written:
    """Make the links of one part, all by one script or none. The import and its part name the operation.

    Links that cannot be made, because the page was deleted for instance, are problems of their rows. Raises
    Busy, StorageFull.
    """
    file = await read_about(services.store, workspace, made.id)
    if not rows or file is None or file.links is None:
        return Written()
    operation = Operation(job_id("links", made.id, str(made.position)), made.id)
    wanted = Wanted(operation=operation.id, records=(("user", made.by),))
    snapshot = await read_snapshot(services.store, workspace, wanted)
    user: User | None
    [user] = await snapshot.load(("user", made.by))
    if user is None or not user.active:
        return _refused(rows, FORMER_MAKER)
    body = BatchBody(**asdict(file.links), people=[person for _, person in rows])
    try:
        await create_link_batch(services, Caller(snapshot, user, operation), body, file=made.id)
    except OneTimeNotOffered as refusal:
        return _refused(rows, refusal.detail)
    except Invalid as refusal:
        return _refused(rows, refusal.errors[0].message)
    return Written(created=len(rows))


async def _reader(services: Services, workspace: str, made: FileImport) -> RowPeople:
    """A reader that knows the addresses of the parts before, while the file is checked."""
    assert made.columns is not None
    reader = RowPeople(made.columns, test_addresses=services.test_addresses)
    for part in range(made.position if made.state == "checking" else 0):
        rows = await read_part(services.store, workspace, made.id, part) or []
        for place, row in enumerate(rows):
            if place % BREATH == 0:
                await asyncio.sleep(0)
            reader.read(row)
    return reader


def _refused(rows: Sequence[RowItem], text: str) -> Written:
    return Written(problems=[CellProblem(row, None, text, refuses=True) for row, _ in rows])


PEOPLE = ImportKind(
    name="links",
    job="links.import",
    targets=TARGETS,
    propose=proposed_people,
    reader=_reader,
    write=write_links,
    event=lambda _made, _now: None,
)
"""Every link that is made has an entry of its own in the activity stream."""
