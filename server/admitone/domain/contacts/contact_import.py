"""The import of one file of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.contacts.file_columns import Columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.contacts.contact import ContactBody

State = Literal["uploaded", "checking", "checked", "importing", "imported", "cancelled", "failed"]
UNDER_WAY: tuple[State, ...] = ("checking", "importing")
"""A job works on it."""
OPEN: tuple[State, ...] = ("uploaded", "checked", *UNDER_WAY)
"""Its file is kept."""
KEPT_FOR = 24 * 3600
"""Seconds for which a file is kept, sealed."""
LISTED_FOR = 30 * 24 * 3600
"""Seconds for which an import is listed; without its file, nothing in it is about a person."""
MOST_OPEN = 3
"""Files that a workspace keeps at once."""
MOST_PROBLEMS = 10_000
"""Problems that are kept to show and to download; the others are counted."""
ROWS_AT_ONCE = 250
"""Rows of one part of a file, which one script writes: bookings wait that long at most."""


class ContactImport(msgspec.Struct, frozen=True, kw_only=True):
    """An import as it is stored; times are epoch seconds.

    The file is kept in numbered parts. `position` is the part that is checked or imported next; `rows` counts
    the file's rows, and the other numbers those of the parts before: `refused` and `flawed` (imported without
    one of their values) after checking, `created` and `merged` contacts after importing.
    """

    id: str
    state: State
    by: str
    at: int
    parts: int
    rows: int
    columns: Columns | None = None
    position: int = 0
    refused: int = 0
    flawed: int = 0
    problems: int = 0
    created: int = 0
    merged: int = 0
    ended_at: int | None = None

    @property
    def accepted(self) -> int:
        """Rows that are imported, once the file is checked."""
        return self.rows - self.refused


class ImportedFile(msgspec.Struct, frozen=True):
    """What is kept, sealed, of an import's file besides its rows: its name and those of its columns."""

    name: str
    header: list[str]


def one_for_each_address(contacts: Sequence[ContactBody]) -> list[ContactBody]:
    """The contacts of consecutive rows; of several with one address, what merging them in turn gives."""
    found: dict[str, ContactBody] = {}
    for contact in contacts:
        key = contact.email.casefold()
        found[key] = _merged(found[key], contact) if key in found else contact
    return list(found.values())


def _merged(before: ContactBody, after: ContactBody) -> ContactBody:
    given = {
        name: value
        for name in ("first_name", "last_name", "phone", "timezone", "locale")
        if (value := getattr(after, name)) is not None
    }
    tags = list(dict.fromkeys([*before.tags, *after.tags]))
    return msgspec.structs.replace(before, **given, tags=tags, fields={**before.fields, **after.fields})
