"""The people in a list: who gets a link, and what is wrong with the others."""

from __future__ import annotations

import pytest

from admitone.domain.imports.file_columns import Columns
from admitone.domain.imports.file_rows import Row
from admitone.domain.links.file_people import RowPeople, proposed_people
from admitone.domain.links.link import BatchPerson

COLUMNS = Columns(["first_name", "last_name", "email", "note", ""])


@pytest.mark.parametrize(
    ("header", "rows", "targets"),
    [
        ("Name,E-Mail,Notiz,Phone", [], ["name", "email", "note", ""]),
        ("Vorname,Nachname,Mail", [], ["first_name", "last_name", "email"]),
        (",", ["Ann Lee,ann@customer.test"], ["name", "email"]),
        (",", ["ann@customer.test,Ann", "bo,Bo", "cy@customer.test,Cy"], ["email", "name"]),
        (",", ["Ann,a", "Bo,b@customer.test"], ["", ""]),
        ("Wer,Wo,Was", ["Ann,ann@customer.test,x"], ["", "email", ""]),
    ],
)
def test_columns_are_proposed(header: str, rows: list[str], targets: list[str]) -> None:
    cells = [row.split(",") for row in rows]
    assert proposed_people(header.split(","), cells).targets == targets


def test_people_are_read() -> None:
    reader = RowPeople(COLUMNS, test_addresses=True)
    found = reader.read(Row(2, ["Ann ", " Lee", "Ann@Customer.TEST", "met\nher", "x"]))
    assert found.item == BatchPerson("Ann Lee", "Ann@customer.test", "met her")
    assert found.problems == []
    found = reader.read(Row(3, ["", "", "Bo Beck <bo@customer.test>", "x" * 1001]))
    assert found.item == BatchPerson("Bo Beck", "bo@customer.test", None)
    assert [(one.column, one.refuses) for one in found.problems] == [(3, False)]


def test_addresses_are_taken_as_mail_programs_copy_them() -> None:
    reader = RowPeople(Columns(["email"]), test_addresses=True)
    for typed, name in (
        ("Ann Lee <ann@customer.test>", "Ann Lee"),
        ('"Lee, Bo" <bo@customer.test>', "Lee, Bo"),
    ):
        assert (found := reader.read(Row(1, [typed])).item) is not None
        assert found.name == name
    for typed in ("<cy@customer.test>", "Cy <cy@customer.test", "Cy <cy>"):
        assert reader.read(Row(2, [typed])).item is None


def test_of_several_rows_with_one_address_the_first_valid_one_counts() -> None:
    reader = RowPeople(COLUMNS, test_addresses=True)
    first = reader.read(Row(2, ["", "", "ann@customer.test"]))
    second = reader.read(Row(3, ["Ann", "Lee", "ann@customer.test"]))
    third = reader.read(Row(4, ["Ann", "Lee", "ANN@customer.test"]))
    assert first.item is None
    assert second.item is not None
    assert third.item is None
    assert third.problems[0].text == "Row 3 has this address already: a person gets one link."


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["Ann", "Lee", "ann"], 2),
        (["Ann", "Lee", ""], 2),
        (["Ann", "Lee", "ann@customer.test", "", "", "more"], None),
        (["", "", "ann@customer.test"], 0),
        (["www.spam.example/x", "", "ann@customer.test"], 0),
        (["a@b.example", "", "ann@customer.test"], 0),
        (["x" * 201, "", "ann@customer.test"], 0),
    ],
)
def test_rows_that_are_refused(cells: list[str], column: int | None) -> None:
    found = RowPeople(COLUMNS, test_addresses=True).read(Row(7, cells))
    assert found.item is None
    [problem] = found.problems
    assert (problem.row, problem.column, problem.refuses) == (7, column, True)
