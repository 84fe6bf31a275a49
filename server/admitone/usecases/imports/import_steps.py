"""The steps of an import that a person takes: choose columns, begin, stop or discard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Invalid
from admitone.domain.imports.file_columns import column_problems
from admitone.domain.imports.file_import import OPEN, FileImport
from admitone.domain.jobs.job import Timer
from admitone.store.records.file_imports import note_import, parts_of
from admitone.usecases.imports.import_view import find_import

if TYPE_CHECKING:
    from admitone.domain.imports.file_columns import Columns
    from admitone.usecases.imports.import_kind import ImportKind
    from admitone.usecases.shared.services import Caller, Services


async def choose_columns(
    kind: ImportKind, services: Services, caller: Caller, import_id: str, columns: Columns
) -> None:
    """Have the file checked with these columns. Raises NotFound, Invalid.

    Nothing happens if the import has begun: a form that was sent twice, or from another tab.
    """
    made = await find_import(kind, services, caller, import_id)
    if problems := column_problems(columns, kind.targets):
        raise Invalid(*problems)
    if made.state in {"uploaded", "checked"}:
        fresh = msgspec.structs.replace(
            made, state="checking", columns=columns, position=0, refused=0, flawed=0, problems=0
        )
        await _begin(kind, services, caller, made, fresh)


async def start_import(kind: ImportKind, services: Services, caller: Caller, import_id: str) -> None:
    """Import what was checked. Raises NotFound."""
    made = await find_import(kind, services, caller, import_id)
    if made.state == "checked" and made.accepted:
        await _begin(
            kind, services, caller, made, msgspec.structs.replace(made, state="importing", position=0)
        )


async def end_import(kind: ImportKind, services: Services, caller: Caller, import_id: str) -> None:
    """Discard a file, or stop an import: contacts that it has written stay. Raises NotFound."""
    made = await find_import(kind, services, caller, import_id)
    while made.state in OPEN:
        after = msgspec.structs.replace(made, state="cancelled", ended_at=services.now())
        is_begun = made.state == "importing"
        drops = parts_of(made, problems=not is_begun)
        await note_import(services.store, caller.workspace, made, after, drops=drops)
        made = await find_import(kind, services, caller, import_id)


async def _begin(
    kind: ImportKind, services: Services, caller: Caller, before: FileImport, after: FileImport
) -> None:
    job = Timer(kind.job, "record", f"import:{before.id}", services.now()).text(caller.workspace)
    await note_import(services.store, caller.workspace, before, after, job=job)
