"""The rows of a file: its encoding, its separator, its quotation marks and its limits."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.errors import Invalid
from admitone.domain.imports.file_rows import (
    LONGEST_ROW,
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    RowReader,
    find_separator,
)

HEADER = "name,email\n"
UMLAUTS = "name;email\nJörg Müller;joerg@customer.test\n"
PART = 8192


def rows_of(data: bytes, part: int = PART) -> list[Row]:
    """All rows of a file that arrives in parts of this length."""
    reader = RowReader()
    found = [row for start in range(0, len(data), part) for row in reader.read(data[start : start + part])]
    return found + list(reader.read(b"", is_last=True))


def refused(data: bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(Invalid) as refusal:
        rows_of(data)
    [error] = refusal.value.errors
    assert error.field == "file"
    return error.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    expected = [Row(1, ["name", "email"]), Row(2, ["Jörg Müller", "joerg@customer.test"])]
    assert rows_of(UMLAUTS.encode(encoding)) == expected
    assert rows_of(UMLAUTS.encode(encoding), part=1) == expected


def test_utf_16_of_the_other_byte_order() -> None:
    assert rows_of(b"\xfe\xff" + UMLAUTS.encode("utf-16-be"))[1].cells[0] == "Jörg Müller"


def test_the_first_character_beyond_ascii_decides() -> None:
    late = HEADER.encode() + b"a,a@customer.test\n" * 2000
    assert rows_of(late + "Jörg,j@customer.test\n".encode("cp1252"))[-1].cells[0] == "Jörg"
    both = "Jörg,j@customer.test\n".encode() + "Jörg,j@customer.test\n".encode("cp1252")
    assert "cannot be read" in refused(HEADER.encode() + both)
    assert "cannot be read" in refused(HEADER.encode() + b"J\x81rg,j@customer.test\n")


def test_files_that_are_no_text() -> None:
    assert "workbook" in refused(b"PK\x03\x04" + bytes(100))
    assert "not a text file" in refused(b"\x89PNG\r\n\x1a\n".replace(b"\x89", b"") + bytes(100))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    text = separator.join(["name", "email"]) + "\n" + separator.join(['"Lee, Ann; Dr."', "a@customer.test"])
    assert rows_of(text.encode())[1] == Row(2, ["Lee, Ann; Dr.", "a@customer.test"])


def test_excel_names_its_separator() -> None:
    assert find_separator('"sep=;"\na;b,c,d\n') == (";", "a;b,c,d\n")
    assert rows_of(b"sep=;\r\na;b,c\r\n") == [Row(1, ["a", "b,c"])]


def test_a_header_with_both_signs() -> None:
    assert rows_of(b"name;email, private\nAnn;a@customer.test\n")[0].cells == ["name", "email, private"]


def test_one_column_alone() -> None:
    assert [row.cells for row in rows_of(b"email\na@customer.test\nb@customer.test")] == [
        ["email"],
        ["a@customer.test"],
        ["b@customer.test"],
    ]


def test_line_breaks_of_all_systems_and_within_quotation_marks() -> None:
    expected = [Row(1, ["a", "b"]), Row(2, ["one\ntwo", "3"]), Row(3, ["4", "5"])]
    for end in ("\n", "\r\n", "\r"):
        text = end.join(["a,b", f'"one{end}two",3', "4,5", ""])
        assert rows_of(text.encode(), part=3) == expected


def test_empty_rows_count_as_a_spreadsheet_counts_them() -> None:
    assert rows_of(b"a,b\n\n , \n1,2\n") == [Row(1, ["a", "b"]), Row(4, ["1", "2"])]


@given(
    st.lists(
        st.lists(st.text(alphabet='ab ",;\n\té', max_size=6), min_size=1, max_size=4), min_size=1, max_size=8
    ),
    st.integers(1, 40),
)
def test_what_a_csv_writer_wrote_is_read_however_it_arrives(rows: list[list[str]], part: int) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([["x", "y"], *rows])
    whole = rows_of(written.getvalue().encode())
    assert whole == rows_of(written.getvalue().encode(), part=part)
    cells = [[cell.strip() for cell in row] for row in rows]
    while any(row and not row[-1] for row in cells):
        cells = [row[:-1] if row and not row[-1] else row for row in cells]
    assert [row.cells for row in whole[1:]] == [row for row in cells if row]


@pytest.mark.parametrize(
    "data",
    [b"a," * 1_000_000, b"a" * (20 * 1024 * 1024), b'"' + b"a\n" * 1_000_000, b'a,b\n"x",' + b'""' * 100_000],
    ids=["a million columns", "a line of 20 MB", "a quotation mark that is never closed", "many marks"],
)
def test_a_row_has_a_limit_and_memory_too(data: bytes) -> None:
    tracemalloc.start()
    try:
        sentence = refused(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert f"longer than {LONGEST_ROW:,} characters" in sentence
    assert peak < 4 * 1024 * 1024


def test_a_quotation_mark_that_is_not_closed() -> None:
    assert refused(b'a,b\n1,2\n"3,4\n5,6\n') == "In row 3, a quotation mark is opened and not closed."


def test_columns_and_rows_have_limits() -> None:
    assert "Row 2 has 201 columns" in refused(b"a,b\n" + b",".join([b"x"] * (MOST_COLUMNS + 1)))
    most = HEADER.encode() + b"a,b\n" * MOST_ROWS
    reader = RowReader()
    assert sum(1 for _ in reader.read(most, is_last=True)) == MOST_ROWS + 1
    assert "more than 100,000 rows" in refused(most + b"a,b\n")
