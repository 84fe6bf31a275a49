"""What people see of an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import NotFound
from admitone.domain.imports.file_import import OPEN, FileImport, ImportedFile
from admitone.domain.imports.file_rows import Row
from admitone.store.records.file_imports import (
    newest_imports,
    read_about,
    read_import,
    read_part,
    read_problems,
)
from admitone.usecases.imports.import_kind import ImportKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.domain.imports.file_columns import Columns
    from admitone.domain.imports.read_row import CellProblem
    from admitone.usecases.shared.services import Caller, Services

SAMPLES = 20
"""Rows of a file by which its columns are judged."""


class ImportView(msgspec.Struct, frozen=True):
    """An import, and its file as far as that is kept: None once it has expired or was discarded.

    `samples` are the first rows, while they wait to be imported.
    """

    made: FileImport
    kind: ImportKind
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
        return self.kind.propose(header, [row.cells for row in self.samples])


async def view_import(kind: ImportKind, services: Services, caller: Caller, import_id: str) -> ImportView:
    """One import. Raises NotFound."""
    store, workspace = services.store, caller.workspace
    made = await find_import(kind, services, caller, import_id)
    file = await read_about(store, workspace, import_id)
    rows = await read_part(store, workspace, import_id, 0) if file and made.state in OPEN else None
    return ImportView(made, kind, file, (rows or [])[:SAMPLES])


async def list_imports(kind: ImportKind, services: Services, caller: Caller) -> list[ImportView]:
    """The newest imports, the last one first."""
    found = await newest_imports(services.store, caller.workspace, kind.name)
    return [
        ImportView(made, kind, await read_about(services.store, caller.workspace, made.id))
        for made in found
        if _is_own(caller, made)
    ]


async def problems_of(services: Services, caller: Caller, made: FileImport) -> AsyncIterator[CellProblem]:
    """What is wrong in a file, in the order of its rows; nothing once the file is gone."""
    for part in range(made.parts):
        for problem in await read_problems(services.store, caller.workspace, made.id, part):
            yield problem


async def find_import(kind: ImportKind, services: Services, caller: Caller, import_id: str) -> FileImport:
    """The import with this id. Raises NotFound."""
    found = None
    if tokens.is_record(import_id):
        found = await read_import(services.store, caller.workspace, import_id)
    if found is None or found.kind != kind.name or not _is_own(caller, found):
        raise NotFound
    return found


def _is_own(caller: Caller, made: FileImport) -> bool:
    """Whether the caller may see the file: those of colleagues are for administrators only."""
    return caller.is_administrator or made.by == caller.user.id
