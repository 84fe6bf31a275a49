"""What people see of an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.contacts.contact_import import OPEN, ContactImport, ImportedFile
from admitone.domain.contacts.file_columns import Columns, proposed_columns
from admitone.domain.contacts.file_rows import Row
from admitone.domain.errors import NotFound
from admitone.store.records.contacts.contact_imports import (
    newest_imports,
    read_about,
    read_import,
    read_part,
    read_problems,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.domain.contacts.file_contacts import CellProblem
    from admitone.usecases.shared.services import Caller, Services

SAMPLES = 20
"""Rows of a file by which its columns are judged."""


class ImportView(msgspec.Struct, frozen=True):
    """An import, and its file as far as that is kept: None once it has expired or was discarded.

    `samples` are the first rows, while they wait to be imported.
    """

    made: ContactImport
    file: ImportedFile | None = None
    samples: Sequence[Row] = ()

    @property
    def state(self) -> str:
        """The state; `expired` if it waited until its file was gone."""
        is_lost = self.file is None and self.made.state in OPEN
        return "expired" if is_lost else self.made.state

    @property
    def columns(self) -> Columns:
        """The columns that were chosen, or those that are proposed."""
        if self.made.columns is not None:
            return self.made.columns
        header = self.file.header if self.file else []
        return proposed_columns(header, [row.cells for row in self.samples])


async def view_import(services: Services, caller: Caller, import_id: str) -> ImportView:
    """One import. Raises NotFound."""
    store, workspace = services.store, caller.workspace
    made = await find_import(services, caller, import_id)
    file = await read_about(store, workspace, import_id)
    rows = await read_part(store, workspace, import_id, 0) if file and made.state in OPEN else None
    return ImportView(made, file, (rows or [])[:SAMPLES])


async def list_imports(services: Services, caller: Caller) -> list[ImportView]:
    """The newest imports, the last one first."""
    found = await newest_imports(services.store, caller.workspace)
    return [ImportView(made, await read_about(services.store, caller.workspace, made.id)) for made in found]


async def problems_of(services: Services, caller: Caller, made: ContactImport) -> AsyncIterator[CellProblem]:
    """What is wrong in a file, in the order of its rows; nothing once the file is gone."""
    for part in range(made.parts):
        for problem in await read_problems(services.store, caller.workspace, made.id, part):
            yield problem


async def find_import(services: Services, caller: Caller, import_id: str) -> ContactImport:
    """The import with this id. Raises NotFound."""
    found = None
    if tokens.is_record(import_id):
        found = await read_import(services.store, caller.workspace, import_id)
    if found is None:
        raise NotFound
    return found
