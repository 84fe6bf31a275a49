"""Import contacts from a file: what its rows become, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.contacts.file_contacts import TARGETS, RowContacts
from admitone.domain.errors import Invalid
from admitone.domain.event import Event
from admitone.domain.imports.file_columns import proposed_columns
from admitone.domain.imports.read_row import CellProblem
from admitone.domain.jobs.job import job_id
from admitone.store.records.operations import Operation
from admitone.usecases.contacts.contact_merge import Writer, merge_contacts
from admitone.usecases.imports.import_kind import ImportKind, Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.imports.file_columns import Columns
    from admitone.domain.imports.file_import import FileImport
    from admitone.usecases.imports.import_kind import RowItem
    from admitone.usecases.shared.services import Services


async def write_rows(
    services: Services, workspace: str, made: FileImport, rows: Sequence[RowItem]
) -> Written:
    """Write the rows by one script, or by several if they name more tags than one script may.

    A row that cannot be merged, because its contact would have too many tags or fields, is left out. The
    rows name the operation: the same rows, written again, give the first result. Raises Busy, StorageFull.
    """
    if not rows:
        return Written()
    first, last = rows[0][0], rows[-1][0]
    operation = Operation(job_id("import", made.id, str(first), str(last), str(len(rows))))
    writer = Writer(by=made.by, operation=operation)
    try:
        found = await merge_contacts(
            services, workspace, [contact for _, contact in rows], writer, shown="not"
        )
    except Invalid as refusal:
        return await _write_less(services, workspace, made, rows, refusal)
    created = sum(merged.result == "created" for merged in found)
    return Written(created, len(found) - created)


async def _write_less(
    services: Services,
    workspace: str,
    made: FileImport,
    rows: Sequence[RowItem],
    refusal: Invalid,
) -> Written:
    """Write what can be written: without the rows that the refusal names, or else in two halves."""
    wrong: dict[int, str] = {}
    for error in refusal.errors:
        place = error.field.removeprefix("contacts.").partition(".")[0]
        if place.isdecimal():
            wrong.setdefault(int(place), error.message)
    if wrong:
        problems = [
            CellProblem(rows[place][0], None, text, refuses=True) for place, text in sorted(wrong.items())
        ]
        left = [row for place, row in enumerate(rows) if place not in wrong]
        return await write_rows(services, workspace, made, left) + Written(problems=problems)
    half = len(rows) // 2
    return await write_rows(services, workspace, made, rows[:half]) + await write_rows(
        services, workspace, made, rows[half:]
    )


async def _reader(services: Services, _: str, made: FileImport) -> RowContacts:
    assert made.columns is not None
    return RowContacts(made.columns, test_addresses=services.test_addresses)


def _propose(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    return proposed_columns(header, rows, TARGETS)


def _event(made: FileImport, now: int) -> Event | None:
    """One entry for the whole file, which would hide all others."""
    count = made.created + made.merged
    return Event(type="contacts.imported", at=now, by=made.by, count=count) if count else None


CONTACTS = ImportKind(
    name="contacts",
    job="contacts.import",
    targets=TARGETS,
    propose=_propose,
    reader=_reader,
    write=write_rows,
    event=_event,
)
