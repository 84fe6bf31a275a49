"""What is wrong in a file of contacts, as a table for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.csv_text import BYTE_ORDER_MARK, csv_text
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.imports.read_row import CellProblem
    from admitone.texts.translator import Translator

COLUMNS = (
    message("Row"),
    message("Column"),
    message("Value"),
    message("Problem"),
    message("What happens"),
)
REFUSED = message("The row is not imported.")
LEFT_OUT = message("The row is imported without this value.")


def problem_file(problems: Sequence[CellProblem], header: Sequence[str], texts: Translator) -> bytes:
    """The table as CSV in UTF-8. What comes from the file is always shown as text, and never computed."""
    rows: list[list[object]] = [[texts.say(column) for column in COLUMNS]]
    for problem in problems:
        column = "" if problem.column is None else column_name(header, problem.column)
        happens = texts.say(REFUSED if problem.refuses else LEFT_OUT)
        rows.append([problem.row, column, problem.value, texts.say(problem.text), happens])
    return (BYTE_ORDER_MARK + csv_text(rows)).encode()


def column_name(header: Sequence[str], place: int) -> str:
    """The name of a column, or its letters as spreadsheets count columns."""
    if place < len(header) and header[place]:
        return header[place]
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
