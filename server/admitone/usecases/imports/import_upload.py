"""Upload a file of contacts: it is cut into rows while it arrives, and kept sealed in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import BodyTooLarge, NotFound, invalid
from admitone.domain.imports.file_columns import has_names
from admitone.domain.imports.file_import import (
    KEPT_FOR,
    MOST_OPEN,
    OPEN,
    ROWS_AT_ONCE,
    FileImport,
    ImportedFile,
)
from admitone.domain.imports.file_rows import MOST_BYTES, Row, RowReader
from admitone.store.codes import Code
from admitone.store.records.file_imports import (
    create_import,
    forget_file,
    keep_part,
    newest_imports,
)
from admitone.texts.message import message
from admitone.usecases.shared.services import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.usecases.shared.services import Caller, Services

LONGEST_NAME = 200
"""Characters of a file's name that are kept."""
CHARACTERS_AT_ONCE = 256 * 1024
"""Characters of one part at most, besides its last row."""


async def refuse_one_more(services: Services, caller: Caller) -> None:
    """Raise Invalid, field `file`, if the workspace keeps as many files as it may."""
    kept = [
        one
        for one in await newest_imports(services.store, caller.workspace, "contacts")
        if one.state in OPEN and one.at + KEPT_FOR > services.now()
    ]
    if len(kept) >= MOST_OPEN:
        told = message(
            "%(most)s files already wait for their import. Import or discard one of them first.",
            most=MOST_OPEN,
        )
        raise invalid("file", told)


class Upload:
    """A file that is being uploaded; memory holds one part of it."""

    def __init__(self, services: Services, caller: Caller) -> None:
        self._services = services
        self._caller = caller
        self._id = new_id()
        self._reader = RowReader()
        self._header: list[str] | None = None
        self._bytes = 0
        self._rows: list[Row] = []
        self._characters = 0
        self._parts = 0
        self._count = 0

    async def take(self, data: bytes) -> None:
        """Take the next part of the file. Raises Invalid (field `file`), BodyTooLarge, StorageFull."""
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            raise BodyTooLarge
        await self._keep(self._reader.read(data))

    async def finish(self, name: str) -> str:
        """The id of the new import. Raises as `take`, and NotFound if the upload took too long."""
        await self._keep(self._reader.read(b"", is_last=True))
        if self._rows:
            await self._keep_part()
        if self._header is None or not self._count:
            raise invalid("file", message("This file has no rows besides the names of its columns."))
        store, caller = self._services.store, self._caller
        made = FileImport(
            id=self._id,
            state="uploaded",
            by=caller.user.id,
            at=self._services.now(),
            parts=self._parts,
            rows=self._count,
        )
        file = ImportedFile(name.strip()[:LONGEST_NAME], self._header)
        if await create_import(store, caller.workspace, made, file) is Code.NOT_FOUND:
            raise NotFound
        return self._id

    async def discard(self) -> None:
        """Remove what was kept of a file that was refused."""
        if self._parts:
            await forget_file(self._services.store, self._caller.workspace, self._id)

    async def _keep(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if self._header is None:
                self._header = row.cells if has_names(row.cells) else [""] * len(row.cells)
                if has_names(row.cells):
                    continue
            self._rows.append(row)
            self._characters += sum(map(len, row.cells))
            if len(self._rows) >= ROWS_AT_ONCE or self._characters >= CHARACTERS_AT_ONCE:
                await self._keep_part()

    async def _keep_part(self) -> None:
        await keep_part(self._services.store, self._caller.workspace, self._id, self._parts, self._rows)
        self._count += len(self._rows)
        self._parts += 1
        self._rows, self._characters = [], 0
