"""Imports of contacts as they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.imports.file_import import FileImport, ImportedFile
from admitone.domain.imports.file_rows import Row
from admitone.store.codes import Code
from admitone.store.records.file_imports import create_import, keep_part
from admitone.usecases.shared.services import new_id
from tests.support.factories import NOW, WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.store import Store

FILE = ImportedFile("people.csv", ["E-mail", "Company"])
ROWS = [Row(2, ["ann@customer.test", "Acme"]), Row(3, ["bo@customer.test"])]


def a_contact_import(**fields: Any) -> FileImport:
    """A new import of ROWS."""
    values: dict[str, Any] = {"id": new_id(), "state": "uploaded", "by": "user", "at": NOW}
    return FileImport(**values | {"parts": 1, "rows": len(ROWS)} | fields)


async def put_contact_import(store: Store, made: FileImport, rows: Sequence[Row] = ROWS) -> FileImport:
    """Store an import, and its file, which has one part."""
    await keep_part(store, WORKSPACE, made.id, 0, rows)
    assert await create_import(store, WORKSPACE, made, FILE) is Code.OK
    return made
