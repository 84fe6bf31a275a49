"""What the rows of a file become: contacts, or links."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from admitone.domain.event import Event
from admitone.domain.imports.file_columns import Columns
from admitone.domain.imports.file_import import FileImport, KindName
from admitone.domain.imports.read_row import CellProblem, RowReader
from admitone.usecases.shared.services import Services

RowItem = tuple[int, Any]
"""The number of a row, and what it makes: a contact, or a person."""


class Written(msgspec.Struct, frozen=True):
    """How many rows made a record or were merged into one, and what is wrong with those that did neither."""

    created: int = 0
    merged: int = 0
    problems: Sequence[CellProblem] = ()

    def __add__(self, other: Written) -> Written:
        return Written(
            self.created + other.created, self.merged + other.merged, [*self.problems, *other.problems]
        )


class ImportKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of import, and the `job` that checks and writes its files.

    `targets` is what a column can become, and `propose` chooses by the names of the columns and the first
    rows. `write` gets the rows of one part; the same rows, written again, must give the first result.
    """

    name: KindName
    job: str
    targets: Sequence[str]
    propose: Callable[[Sequence[str], Sequence[Sequence[str]]], Columns]
    reader: Callable[[Services, str, FileImport], Awaitable[RowReader]]
    write: Callable[[Services, str, FileImport, Sequence[RowItem]], Awaitable[Written]]
    event: Callable[[FileImport, int], Event | None]
    """The entry of the activity stream of an import that has ended at a time."""
