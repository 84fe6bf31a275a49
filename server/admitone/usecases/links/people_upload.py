"""Upload a list of people, each of whom shall get a one-time link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import NotFound, invalid
from admitone.domain.imports.file_columns import column_problems, has_names
from admitone.domain.imports.file_import import (
    KEPT_FOR,
    MOST_OPEN,
    OPEN,
    ROWS_AT_ONCE,
    FileImport,
    ImportedFile,
)
from admitone.domain.imports.file_rows import Row, RowReader
from admitone.domain.links.file_people import MOST_PEOPLE, TARGETS, proposed_people
from admitone.store.codes import Code
from admitone.store.records.file_imports import (
    create_import,
    keep_part,
    newest_imports,
    read_about,
    read_import,
)
from admitone.texts.message import count_message, message
from admitone.usecases.imports.import_run import work_on
from admitone.usecases.imports.import_steps import choose_columns
from admitone.usecases.imports.import_view import SAMPLES
from admitone.usecases.links.link_create import check_link_options
from admitone.usecases.links.people_write import PEOPLE

if TYPE_CHECKING:
    from admitone.domain.imports.file_columns import Columns
    from admitone.domain.links.link import LinkOptions
    from admitone.store.store import Store
    from admitone.usecases.shared.services import Caller, Services

LONGEST_NAME = 200
"""Characters of a file's name that are kept."""
MOST_ATTEMPTS = 100
"""How often the same list can be uploaded and discarded while its earlier uploads are listed."""


async def upload_people(
    services: Services, caller: Caller, options: LinkOptions, name: str, data: bytes
) -> str:
    """The id of the import of this list; nothing is made yet. Its columns are chosen if they are clear.

    The same people with the same options are the same import: so uploading a list twice makes no second link
    for anybody. It is a new one only if nothing was made of the earlier one, and it was discarded or expired.

    Raises Invalid (`people`, and the fields of the options), OneTimeNotOffered, StorageFull, Busy.
    """
    await check_link_options(caller, options)
    rows = _rows(data)
    first = rows[0].cells
    is_named = has_names(first)
    file = ImportedFile(name.strip()[:LONGEST_NAME], first if is_named else [""] * len(first), options)
    rows = rows[1:] if is_named else rows
    if not rows:
        raise invalid("people", message("There is nobody in this list besides the names of its columns."))
    import_id = await _place(services, caller, file, rows)
    made = await read_import(services.store, caller.workspace, import_id)
    if made is not None:
        return import_id
    await _refuse_one_more(services, caller)
    await _keep(services, caller, import_id, file, rows)
    columns = proposed_people(file.header, [row.cells for row in rows[:SAMPLES]])
    if _are_clear(columns, rows):
        await choose_columns(PEOPLE, services, caller, import_id, columns)
        await work_on(PEOPLE, services, caller.workspace, import_id)
    return import_id


def _rows(data: bytes) -> list[Row]:
    """The rows of the list. Raises Invalid."""
    rows = list(RowReader().read(data, is_last=True))
    if not rows:
        raise invalid("people", message("Paste a list of people, or choose a file."))
    if len(rows) > MOST_PEOPLE + has_names(rows[0].cells):
        told = count_message(
            "The list has more than %(count)s person. Divide it.",
            "The list has more than %(count)s people. Divide it.",
            count=MOST_PEOPLE,
        )
        raise invalid("people", told)
    return rows


async def _place(services: Services, caller: Caller, file: ImportedFile, rows: list[Row]) -> str:
    """The id under which the list is kept: that of an import that stands, or a free one."""
    content = msgspec.json.encode((caller.user.id, file.links, file.header, rows)).decode()
    for attempt in range(MOST_ATTEMPTS):
        digest = services.store.sealer.digest("list of people", f"{caller.workspace} {attempt} {content}")
        import_id = tokens.encode(bytes.fromhex(digest), tokens.RECORD_LENGTH).lower()
        made = await read_import(services.store, caller.workspace, import_id)
        if made is None or made.created or not await _is_over(services.store, caller.workspace, made):
            return import_id
    raise invalid("people", message("This list was discarded too often. Change its note, and try again."))


async def _is_over(store: Store, workspace: str, made: FileImport) -> bool:
    """Whether nothing can become of an import any more."""
    if made.state in OPEN:
        return await read_about(store, workspace, made.id) is None
    return made.state in {"cancelled", "failed"}


async def _refuse_one_more(services: Services, caller: Caller) -> None:
    """Raise Invalid if the caller has left as many lists as they may."""
    waiting = [
        one
        for one in await newest_imports(services.store, caller.workspace, PEOPLE.name)
        if one.by == caller.user.id and one.state in OPEN and one.at + KEPT_FOR > services.now()
    ]
    if len(waiting) >= MOST_OPEN:
        told = message(
            "%(most)s of your lists wait already. Make their links or discard one of them first.",
            most=MOST_OPEN,
        )
        raise invalid("people", told)


async def _keep(
    services: Services, caller: Caller, import_id: str, file: ImportedFile, rows: list[Row]
) -> None:
    parts = [rows[first : first + ROWS_AT_ONCE] for first in range(0, len(rows), ROWS_AT_ONCE)]
    for part, some in enumerate(parts):
        await keep_part(services.store, caller.workspace, import_id, part, some)
    made = FileImport(
        id=import_id,
        kind="links",
        state="uploaded",
        by=caller.user.id,
        at=services.now(),
        parts=len(parts),
        rows=len(rows),
    )
    if await create_import(services.store, caller.workspace, made, file) is Code.NOT_FOUND:
        raise NotFound


def _are_clear(columns: Columns, rows: list[Row]) -> bool:
    """Whether the proposed columns have what a link needs: an address, and a name."""
    has_name = not {"name", "first_name", "last_name"}.isdisjoint(columns.targets)
    has_both = any("<" in cell for row in rows[:SAMPLES] for cell in row.cells)
    return not column_problems(columns, TARGETS) and (has_name or has_both)
