"""The people in a file, each of whom gets a one-time link.

A row without a valid address or without a name is refused, and so is one whose address an earlier row has: a
person gets one link of a file. A note that is not valid is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from admitone.domain.imports.file_columns import IGNORED, Columns, proposed_columns
from admitone.domain.imports.read_row import (
    SHOWN_VALUE,
    TOO_MANY_CELLS,
    CellProblem,
    ReadRow,
    cell_text,
    refused,
)
from admitone.domain.links.link import BatchPerson, note_problems, person_problems
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.domain.text import is_blank
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.imports.file_rows import Row

TARGETS = ("email", "name", "first_name", "last_name", "note")
"""What a column can become."""
MOST_PEOPLE = 1000
_NAME_AND_ADDRESS = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>")
NO_NAME = message("The name is missing.")
ADDRESS_IN_NAME = message("This name has an email address in it.")


class RowPeople:
    """Reads the people of one file, whose columns are those of `columns`, row by row."""

    def __init__(self, columns: Columns, *, test_addresses: bool) -> None:
        self._width = len(columns.targets)
        self._places = {target: place for place, target in enumerate(columns.targets) if target != IGNORED}
        self._test_addresses = test_addresses
        self._seen: dict[str, int] = {}

    def read(self, row: Row) -> ReadRow[BatchPerson]:
        """The person of a row, with the address as it is written to."""
        place = self._places["email"]
        typed = cell_text(row, place)
        beside, address = _parts(typed)
        email = normalise_email(address, test_addresses=self._test_addresses)
        if len(row.cells) > self._width:
            return refused(row, None, TOO_MANY_CELLS)
        if email is None:
            return refused(row, place, MESSAGE, typed)
        if (first := self._seen.get(email.casefold())) is not None:
            told = message("Row %(row)s has this address already: a person gets one link.", row=first)
            return refused(row, place, told, typed)
        name = self._name(row) or beside
        column = self._places.get("name", self._places.get("first_name"))
        if text := _wrong_name(name, email):
            return refused(row, column, text, name)
        self._seen[email.casefold()] = row.number
        note, problems = self._note(row)
        return ReadRow(BatchPerson(name, email, note), problems)

    def _name(self, row: Row) -> str:
        parts = ("name",) if "name" in self._places else ("first_name", "last_name")
        cells = (cell_text(row, self._places[part]) for part in parts if part in self._places)
        return " ".join(cell for cell in cells if cell)

    def _note(self, row: Row) -> tuple[str | None, list[CellProblem]]:
        place = self._places.get("note")
        note = "" if place is None else cell_text(row, place)
        if problems := note_problems("note", note):
            shown = note[:SHOWN_VALUE]
            return None, [CellProblem(row.number, place, problems[0].message, shown)]
        return note or None, []


def proposed_people(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The columns of a file of people.

    Most cells of the column of addresses look like one: a few are mistyped. In a list of two columns without
    names, the other one is the name.
    """
    targets = list(proposed_columns(header, rows, TARGETS).targets)
    if "email" not in targets:
        found = [sum("@" in cell for cell in _column(rows, place)) for place in range(len(header))]
        most = max(found, default=0)
        if 2 * most > len(rows):
            targets[found.index(most)] = "email"
    if not any(header) and len(header) == 2 and "email" in targets:  # noqa: PLR2004
        targets = [target or "name" for target in targets]
    return Columns(targets)


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if len(row) > place]


def _parts(typed: str) -> tuple[str, str]:
    """Name and address in `Ann Lee <ann@x.test>`, as mail programs copy them."""
    found = _NAME_AND_ADDRESS.fullmatch(typed)
    return (found["name"].strip(' "'), found["address"]) if found else ("", typed)


def _wrong_name(name: str, email: str) -> str | None:
    if is_blank(name):
        return NO_NAME
    if "@" in name:
        return ADDRESS_IN_NAME
    problems = person_problems("", BatchPerson(name, email))
    return problems[0].message if problems else None
