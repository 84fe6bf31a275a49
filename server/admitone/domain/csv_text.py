"""CSV (RFC 4180) that a spreadsheet opens without computing anything in it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""At the start of a file. Without it, Excel takes the file for one of its own old encodings."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""A cell that begins so is a formula, which may send the others away (OWASP: CSV Injection, ASVS 1.2.10)."""


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """The lines of these rows; None is an empty cell.

    Texts are quoted, so that a separator within one begins no cell, and those that would be a formula begin
    with an apostrophe. Numbers are written as they are.
    """
    written = io.StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)
    table.writerows([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return written.getvalue()


def plain(cell: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula, after blanks at its start neither."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
