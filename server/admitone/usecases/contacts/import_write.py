"""Write the contacts of some rows of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.contacts.file_contacts import CellProblem
from admitone.domain.errors import Invalid
from admitone.domain.jobs.job import job_id
from admitone.store.records.operations import Operation
from admitone.usecases.contacts.contact_merge import Writer, merge_contacts

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import ContactBody
    from admitone.domain.contacts.contact_import import ContactImport
    from admitone.usecases.shared.services import Services

RowContact = tuple[int, "ContactBody"]
"""The number of a row, and its contact."""


class Written(msgspec.Struct, frozen=True):
    """How many rows made a contact or were merged into one, and what is wrong with those that did neither."""

    created: int = 0
    merged: int = 0
    problems: Sequence[CellProblem] = ()

    def __add__(self, other: Written) -> Written:
        return Written(
            self.created + other.created, self.merged + other.merged, [*self.problems, *other.problems]
        )


async def write_rows(
    services: Services, workspace: str, made: ContactImport, rows: Sequence[RowContact]
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
    made: ContactImport,
    rows: Sequence[RowContact],
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
