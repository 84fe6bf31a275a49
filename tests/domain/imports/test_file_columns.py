"""What is proposed for the columns of a file, and what may be chosen."""

from __future__ import annotations

import pytest

from admitone.domain.contacts.file_contacts import TARGETS
from admitone.domain.imports.file_columns import (
    Columns,
    column_problems,
    field_name,
    has_names,
    proposed_columns,
    split_tags,
)

EXPORTS = {
    "Google Contacts": (
        "First Name,Photo,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone",
        ["first_name", "", "last_name", "tags", "", "email", "", "phone"],
    ),
    "Google Contacts, earlier": (
        "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value",
        ["", "first_name", "last_name", "tags", "", "email"],
    ),
    "HubSpot": (
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Time Zone",
        ["", "first_name", "last_name", "email", "phone", "", "", "timezone"],
    ),
    "HighLevel": (
        "Contact Id,First Name,Last Name,Business Name,Phone,Email,Created,Last Activity,Tags",
        ["", "first_name", "last_name", "", "phone", "email", "", "", "tags"],
    ),
    "Outlook in German": (
        "Vorname,Nachname,Firma,Mobiltelefon,E-Mail-Adresse,Kategorien,Sprache",
        ["first_name", "last_name", "", "phone", "email", "tags", "locale"],
    ),
    "a list": ("Name,E-Mail,Schlagwörter", ["name", "email", "tags"]),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_the_columns_of_exports(export: str) -> None:
    header, targets = EXPORTS[export]
    assert proposed_columns(header.split(","), [], TARGETS).targets == targets


def test_addresses_are_found_by_their_look() -> None:
    rows = [["Ann", "", "a@customer.test"], ["Bo", "", ""]]
    assert proposed_columns(["Wer", "Was", "Kontakt bei"], rows, TARGETS).targets == ["", "", "email"]
    assert proposed_columns(["Wer", "Was"], [["Ann", ""]], TARGETS).targets == ["", ""]
    assert has_names(["Name", "E-Mail"])
    assert not has_names(["Ann", "a@customer.test"])


def test_names_of_fields() -> None:
    assert field_name("Company name") == "company_name"
    assert field_name("Straße & Hausnummer") == "strasse_hausnummer"
    assert field_name("2. Größe") == "groesse"
    assert field_name("日本") == ""
    assert len(field_name("a" * 100)) == 40


def test_tags_in_a_cell() -> None:
    assert split_tags("VIP, Lead;  new  lead ,vip") == ["vip", "lead", "new lead"]
    assert split_tags("* myContacts ::: Friends") == ["mycontacts", "friends"]


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (Columns(["email", "tags", "tags", "field:company", ""], ["vip"]), []),
        (Columns(["", "name"]), [""]),
        (Columns(["email", "email"]), ["columns.1"]),
        (Columns(["email", "field:Company"]), ["columns.1.field"]),
        (Columns(["email", "field:a", "field:a"]), ["columns.2.field"]),
        (Columns(["email", "id"]), ["columns.1"]),
        (Columns(["email"], ["x" * 51]), ["tags"]),
        (Columns(["email"], [f"t{number}" for number in range(51)]), ["tags"]),
        (Columns(["email", *(f"field:f{number}" for number in range(51))]), [""]),
    ],
)
def test_choices(columns: Columns, fields: list[str]) -> None:
    assert [problem.field for problem in column_problems(columns, TARGETS)] == fields


def test_a_tag_counts_as_records_hold_it() -> None:
    columns = Columns(["email"], ["ß" * 25])
    assert column_problems(columns, TARGETS) == []
    assert [one.field for one in column_problems(Columns(["email"], ["ß" * 26]), TARGETS)] == ["tags"]
