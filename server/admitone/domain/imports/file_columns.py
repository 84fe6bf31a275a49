"""What the columns of a file become: proposed by their names, changed by the person who imports."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.contacts.contact import MOST_FIELDS, MOST_TAGS, tag_of, tag_problems
from admitone.domain.errors import FieldError
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

IGNORED = ""
FIELD = "field:"
"""Before the name of a custom field."""
NAMES = {
    "email": "email|e mail|email address|e mail address|e mail adresse|mail|email 1 value|e mail 1 value|"
    "primary email|work email|emailadresse|adresse e mail|courriel|correo electronico|correo",
    "first_name": "first name|firstname|given name|vorname|prenom|nombre|contact first name",
    "last_name": "last name|lastname|surname|family name|nachname|familienname|apellidos|contact last name",
    "name": "name|full name|contact name|display name|kontakt|kontaktname|vollstandiger name|anzeigename|nom",
    "phone": "phone|phone number|mobile|mobile phone|mobile phone number|mobile number|telephone|telefon|"
    "telefonnummer|handy|handynummer|mobil|mobiltelefon|mobilnummer|phone 1 value|tel|telefono|rufnummer",
    "timezone": "time zone|timezone|zeitzone|hs timezone|fuseau horaire|zona horaria",
    "locale": "language|locale|preferred language|sprache|langue|idioma|hs language",
    "tags": "tags|tag|labels|label|groups|group membership|schlagworter|schlagworte|gruppen|gruppe|"
    "contact tags|etiketten|etiquetas|categories|kategorien",
    "note": "note|notes|notiz|notizen|bemerkung|comment|comments|kommentar|remarque|commentaire|nota|notas",
}
"""The names of columns in exports of Google Contacts, HubSpot, HighLevel, Outlook and others, simplified."""
_TARGET_OF = {name: target for target, names in NAMES.items() for name in names.split("|")}
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_FIELD_NAME = 40


class Columns(msgspec.Struct, frozen=True):
    """What becomes of a file's columns.

    `targets` has for each column one of NAMES, `field:<name>`, or IGNORED. `tags` are added to every contact
    of the file.
    """

    targets: Sequence[str]
    tags: Sequence[str] = ()


def proposed_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], possible: Sequence[str]
) -> Columns:
    """The columns as their names say, of those that are `possible` in this file.

    A column of addresses is found in the first `rows`, too.

    Unknown columns are ignored: nobody should keep data that they did not choose to keep.
    """
    targets: list[str] = []
    for name in header:
        target = _TARGET_OF.get(simplified(name), IGNORED)
        is_taken = target in targets and target != "tags"
        targets.append(IGNORED if is_taken or target not in possible else target)
    if "name" in targets and "last_name" in targets:
        targets[targets.index("name")] = IGNORED
    if "email" not in targets:
        found = next((place for place in range(len(header)) if _has_addresses(rows, place)), None)
        if found is not None:
            targets[found] = "email"
    return Columns(targets)


def has_names(first: Sequence[str]) -> bool:
    """Whether a file's first row has the names of the columns: it has no address."""
    return not any("@" in cell for cell in first)


def column_problems(columns: Columns, possible: Sequence[str]) -> list[FieldError]:
    """The errors in a choice of `possible` columns; fields are `columns.N`, `columns.N.field` and `tags`."""
    found = list(_target_problems(columns.targets, possible))
    if "email" not in columns.targets:
        found.append(FieldError("", message("Choose the column that has the email addresses.")))
    for tag in columns.tags:
        found += tag_problems("tags", tag)
    if len(columns.tags) > MOST_TAGS:
        found.append(FieldError("tags", message("At most %(most)s tags.", most=MOST_TAGS)))
    return found


def field_name(header: str) -> str:
    """The name of a custom field for a column: `company_name` for `Company name`; empty if none fits.

    What can be the name of a field stays as it is.
    """
    if _FIELD_NAME.fullmatch(header):
        return header
    plain = _without_accents(header.casefold().translate(_GERMAN))
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")
    return name[:LONGEST_FIELD_NAME].rstrip("_")


def simplified(name: str) -> str:
    """A column's name in small letters without accents, with single blanks in place of all signs."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", _without_accents(name.casefold())).split())


def split_tags(text: str) -> list[str]:
    """The tags in a cell of a file: separated by commas, semicolons, or the `:::` of Google."""
    parts = (tag_of(part.strip().removeprefix("* ")) for part in re.split(r"[,;]|:::", text))
    return list(dict.fromkeys(part for part in parts if part))


def _target_problems(targets: Sequence[str], possible: Sequence[str]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for place, target in enumerate(targets):
        if target == IGNORED:
            continue
        where = f"columns.{place}"
        if target.startswith(FIELD) and FIELD in possible:
            where += ".field"
            if not _FIELD_NAME.fullmatch(target.removeprefix(FIELD)):
                yield FieldError(
                    where, message("Use small letters, digits and underscores; begin with a letter.")
                )
                continue
        elif target not in possible:
            yield FieldError(where, message("Choose one of these."))
            continue
        if target in seen and target != "tags":
            yield FieldError(where, message("Another column is used as this already."))
        seen.add(target)
    if sum(target.startswith(FIELD) for target in seen) > MOST_FIELDS:
        yield FieldError("", message("At most %(most)s custom fields.", most=MOST_FIELDS))


def _has_addresses(rows: Sequence[Sequence[str]], place: int) -> bool:
    cells = [row[place] for row in rows if len(row) > place and row[place]]
    return bool(cells) and all("@" in cell for cell in cells)


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
