"""The import of one file: of contacts, or of people who get a link each."""

from __future__ import annotations

from typing import Literal

import msgspec

from admitone.domain.imports.file_columns import Columns
from admitone.domain.links.link import LinkOptions

KindName = Literal["contacts", "links"]
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


class FileImport(msgspec.Struct, frozen=True, kw_only=True):
    """An import as it is stored; times are epoch seconds. Its rows become records of this `kind`.

    The file is kept in numbered parts. `position` is the part that is checked or imported next; `rows` counts
    the file's rows, and the other numbers those of the parts before: `refused` and `flawed` (imported without
    one of their values) after checking, `created` records and `merged` contacts after importing.
    """

    id: str
    state: State
    by: str
    at: int
    parts: int
    rows: int
    kind: KindName = "contacts"
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
    """What is kept, sealed, of an import's file besides its rows: its name and those of its columns.

    `links` are the options of the links that are made for its people.
    """

    name: str
    header: list[str]
    links: LinkOptions | None = None
