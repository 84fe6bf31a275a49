"""The contact in a row of a file, and what is wrong with it.

A row without a valid address is refused. Any other value that is not valid is left out, and the rest of the
row is imported.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability.zones import zone_names
from admitone.domain.contacts.contact import (
    MOST_TAGS,
    ContactBody,
    ContactDetails,
    details_problems,
)
from admitone.domain.imports.file_columns import FIELD, IGNORED, Columns, split_tags
from admitone.domain.imports.read_row import (
    SHOWN_VALUE,
    TOO_MANY_CELLS,
    CellProblem,
    ReadRow,
    cell_text,
    refused,
)
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.imports.file_rows import Row

TARGETS = (
    "email",
    "first_name",
    "last_name",
    "name",
    "phone",
    "timezone",
    "locale",
    "tags",
    FIELD,
)
"""What a column can become."""


class RowContacts:
    """Makes contacts of the rows of one file, whose columns are those of `columns`."""

    def __init__(self, columns: Columns, *, test_addresses: bool) -> None:
        self._columns = columns
        self._test_addresses = test_addresses
        self._email = columns.targets.index("email")
        used = [(place, target) for place, target in enumerate(columns.targets) if target != IGNORED]
        self._others = [(place, target) for place, target in used if target != "email"]

    def read(self, row: Row) -> ReadRow[ContactBody]:
        """The contact of a row."""
        if len(row.cells) > len(self._columns.targets):
            return refused(row, None, TOO_MANY_CELLS)
        typed = cell_text(row, self._email)
        email = normalise_email(typed, test_addresses=self._test_addresses)
        if email is None:
            return refused(row, self._email, MESSAGE, typed)
        draft: dict[str, Any] = {"email": email, "tags": list(self._columns.tags), "fields": {}}
        problems = []
        for place, target in self._others:
            value = cell_text(row, place)
            if value and (text := _put(draft, target, value)):
                problems.append(CellProblem(row.number, place, text, value[:SHOWN_VALUE]))
        return ReadRow(ContactBody(**draft), problems)


def one_for_each_address(contacts: Sequence[ContactBody]) -> list[ContactBody]:
    """The contacts of consecutive rows; of several with one address, what merging them in turn gives."""
    found: dict[str, ContactBody] = {}
    for contact in contacts:
        key = contact.email.casefold()
        found[key] = _merged(found[key], contact) if key in found else contact
    return list(found.values())


def _merged(before: ContactBody, after: ContactBody) -> ContactBody:
    given = {
        name: value
        for name in ("first_name", "last_name", "phone", "timezone", "locale")
        if (value := getattr(after, name)) is not None
    }
    tags = list(dict.fromkeys([*before.tags, *after.tags]))
    return msgspec.structs.replace(before, **given, tags=tags, fields={**before.fields, **after.fields})


def split_name(name: str) -> tuple[str, str]:
    """First and last name: `Lee, Ann` is `Ann Lee`; without a comma, the last word is the last name."""
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.rpartition(" ")
        first, last = (first, last) if first else (last, "")
    return first.strip(), last.strip()


def _put(draft: dict[str, Any], target: str, value: str) -> str | None:
    """Put a value into the draft of a contact; returns what is wrong with it, and then leaves it out."""
    if target == "tags":
        return _put_tags(draft, value)
    if target != "timezone":
        return _put_details(draft, target, value)
    zone = _zones().get(value.casefold().replace(" ", "_"))
    if zone is None:
        return message("This is not the name of a time zone, such as Europe/Paris.")
    draft["timezone"] = zone
    return None


def _put_details(draft: dict[str, Any], target: str, value: str) -> str | None:
    details: dict[str, Any]
    if target == "name":
        details = dict(zip(("first_name", "last_name"), split_name(value), strict=True))
    elif target.startswith(FIELD):
        details = {"fields": {target.removeprefix(FIELD): value}}
    elif target == "locale":
        details = {"locale": value.replace("_", "-")}
    else:
        details = {target: value}
    if problems := details_problems("", ContactDetails(**details)):
        return problems[0].message
    draft["fields"].update(details.pop("fields", {}))
    draft.update({name: text for name, text in details.items() if text})
    return None


def _put_tags(draft: dict[str, Any], value: str) -> str | None:
    problem = None
    for tag in split_tags(value):
        if found := details_problems("", ContactDetails(tags=[tag])):
            problem = problem or found[0].message
        elif len(draft["tags"]) >= MOST_TAGS:
            return message("At most %(most)s tags.", most=MOST_TAGS)
        elif tag not in draft["tags"]:
            draft["tags"].append(tag)
    return problem


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}
