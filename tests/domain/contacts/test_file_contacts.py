"""The contact in a row: what is taken, what is left out, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.contacts.contact import ContactBody
from admitone.domain.contacts.file_contacts import RowContacts, one_for_each_address, split_name
from admitone.domain.imports.file_columns import Columns
from admitone.domain.imports.file_rows import Row

if TYPE_CHECKING:
    from admitone.domain.imports.read_row import ReadRow

TARGETS = ["email", "name", "phone", "timezone", "locale", "tags", "field:company", ""]
COLUMNS = Columns(TARGETS, tags=("imported",))


def read(*cells: str) -> ReadRow[ContactBody]:
    return RowContacts(COLUMNS, test_addresses=True).read(Row(7, list(cells)))


def test_a_whole_row() -> None:
    found = read(
        "Ann@Customer.TEST", "Ann  Lee", "+49 30 1", "europe/berlin", "pt_BR", "VIP, Lead", "A\nB", "x"
    )
    assert found.problems == []
    assert found.item == ContactBody(
        email="Ann@customer.test",
        first_name="Ann",
        last_name="Lee",
        phone="+49 30 1",
        timezone="Europe/Berlin",
        locale="pt-BR",
        tags=["imported", "vip", "lead"],
        fields={"company": "A B"},
    )


def test_empty_cells_leave_a_contact_as_it_is() -> None:
    assert read("ann@customer.test").item == ContactBody(email="ann@customer.test", tags=["imported"])


@pytest.mark.parametrize("email", ["", "ann", "ann@", "=1+1"])
def test_a_row_without_an_address_is_refused(email: str) -> None:
    found = read(email, "Ann Lee")
    assert found.item is None
    [problem] = found.problems
    assert (problem.row, problem.column, problem.value, problem.refuses) == (7, 0, email, True)


def test_a_row_that_is_too_wide_is_refused() -> None:
    found = read("ann@customer.test", *["x"] * 8)
    assert found.item is None
    assert found.problems[0].column is None


def test_what_is_not_valid_is_left_out() -> None:
    found = read(
        "ann@customer.test",
        "www.example.com",
        "0" * 51,
        "Berlin time",
        "",
        "x" * 51 + ",ok",
        "y" * 501,
    )
    assert found.item == ContactBody(email="ann@customer.test", tags=["imported", "ok"])
    assert [problem.column for problem in found.problems] == [1, 2, 3, 5, 6]
    assert not any(problem.refuses for problem in found.problems)
    assert max(len(problem.value) for problem in found.problems) == 100


def test_names() -> None:
    assert split_name("Ann") == ("Ann", "")
    assert split_name("Ann Maria Lee") == ("Ann Maria", "Lee")
    assert split_name("Lee, Ann Maria") == ("Ann Maria", "Lee")
    assert read("ann@customer.test", "Lee,").item == ContactBody(
        email="ann@customer.test", last_name="Lee", tags=["imported"]
    )


def test_rows_of_one_address_are_merged_in_turn() -> None:
    first = ContactBody(email="ann@customer.test", first_name="Ann", tags=["a"], fields={"x": "1", "y": "1"})
    other = ContactBody(email="bo@customer.test")
    second = ContactBody(email="ANN@customer.test", last_name="Lee", tags=["b", "a"], fields={"y": "2"})
    merged = ContactBody(
        email="ann@customer.test",
        first_name="Ann",
        last_name="Lee",
        tags=["a", "b"],
        fields={"x": "1", "y": "2"},
    )
    assert one_for_each_address([first, other, second]) == [merged, other]
