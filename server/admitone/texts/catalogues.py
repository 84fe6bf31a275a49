"""The catalogues: one `.po` file for each language and part of the texts, compiled in memory when first used.

`<language>/customer.po` has what customers read: their pages, mails, calendar files and problems.
`<language>/dashboard.po` has the rest. A folder's name is a language tag (BCP 47).
"""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from admitone.texts.placeholders import same_placeholders

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from babel.messages.catalog import Catalog

Part = Literal["customer", "dashboard"]
ENGLISH = "en"
"""The language in which messages are written; it needs no catalogue."""


@cache
def languages(part: Part) -> tuple[str, ...]:
    """The languages in which a part of the texts can be read, as language tags, English first."""
    root = files(__package__)
    found = (folder.name for folder in root.iterdir() if _file(folder.name, part).is_file())
    return (ENGLISH, *sorted(found))


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The texts in one language, a language tag; what no catalogue has is said in English.

    Raises OSError or ValueError for a catalogue that cannot be read.
    """
    found = gettext.NullTranslations()
    for part in ("customer", "dashboard"):
        if _file(language, part).is_file():
            content = BytesIO()
            write_mo(content, _usable(read_catalogue(language, part)))
            content.seek(0)
            compiled = gettext.GNUTranslations(content)
            compiled.add_fallback(found)
            found = compiled
    return found


def read_catalogue(language: str, part: Part) -> Catalog:
    """One catalogue as it lies in its file; raises OSError and ValueError."""
    with _file(language, part).open("rb") as file:
        return read_po(file, Locale.parse(language, sep="-"), abort_invalid=True)


def _usable(catalogue: Catalog) -> Catalog:
    """The catalogue without what would fail when it is said: other placeholders than the message has."""
    for entry in list(catalogue):
        if entry.id and not same_placeholders(entry):
            catalogue.delete(entry.id, entry.context)
    return catalogue


def _file(language: str, part: str) -> Traversable:
    return files(__package__) / language / f"{part}.po"
