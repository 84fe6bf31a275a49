"""What becomes of one row of a file: a record, or problems, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import msgspec

from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.imports.file_rows import Row

T = TypeVar("T")
TOO_MANY_CELLS = message("This row has more cells than the first row.")
SHOWN_VALUE = 100
"""Characters of a cell that a problem shows."""


class CellProblem(msgspec.Struct, frozen=True):
    """What is wrong in the row with this number: with one column (from 0), or with all of it if None.

    `text` is a message, `value` the begin of the cell; `refuses` says that the row is not imported.
    """

    row: int
    column: int | None
    text: str
    value: str = ""
    refuses: bool = False


class ReadRow(msgspec.Struct, Generic[T], frozen=True):
    """A row as it was read: what it makes, None if the row is refused, and the problems."""

    item: T | None
    problems: list[CellProblem]


class RowReader(Protocol):
    """Reads the rows of one file in turn."""

    def read(self, row: Row) -> ReadRow[Any]:
        """What a row makes, which has the `email` of a person."""


def refused(row: Row, column: int | None, text: str, value: str = "") -> ReadRow[T]:
    """A row that makes nothing because of one problem."""
    return ReadRow(None, [CellProblem(row.number, column, text, value[:SHOWN_VALUE], refuses=True)])


def cell_text(row: Row, place: int) -> str:
    """The cell's text on one line; empty if the row is shorter."""
    return " ".join(row.cells[place].split()) if place < len(row.cells) else ""
