"""Cases of the scripts that note imports of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.imports.read_row import CellProblem
from admitone.store.records.file_imports import create_import, keep_part, note_import, parts_of
from tests.support.contacts.stored_imports import FILE, ROWS, a_contact_import, put_contact_import
from tests.support.factories import NOW, WORKSPACE, an_event
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

CONTACT_IMPORTS = Cases()
PROBLEM = CellProblem(2, 0, "Enter a valid email address.", "ann", refuses=True)


@CONTACT_IMPORTS.add("import_create", "import imports")
async def note_a_new_import(store: Store) -> Act:
    made = a_contact_import()
    await put_contact_import(store, a_contact_import())
    await keep_part(store, WORKSPACE, made.id, 0, ROWS)
    return lambda: create_import(store, WORKSPACE, made, FILE)


@CONTACT_IMPORTS.add("import_note", "import file jobs activity")
async def note_the_last_part_of_an_import(store: Store) -> Act:
    made = await put_contact_import(store, a_contact_import(state="importing"))
    after = msgspec.structs.replace(made, state="imported", position=1, created=1, refused=1, ended_at=NOW)
    return lambda: note_import(
        store,
        WORKSPACE,
        made,
        after,
        drops=["r0"],
        problems=[PROBLEM],
        job="{}",
        event=an_event("contacts.imported"),
    )


@CONTACT_IMPORTS.add("import_note", "import file")
async def discard_a_file(store: Store) -> Act:
    made = await put_contact_import(store, a_contact_import())
    after = msgspec.structs.replace(made, state="cancelled", ended_at=NOW)
    return lambda: note_import(store, WORKSPACE, made, after, drops=parts_of(made, problems=True))
