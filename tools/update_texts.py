"""Bring the catalogues in `server/admitone/texts/` up to date with the texts in the code: `make texts`.

New messages are added without a translation, and messages that are no longer used are deleted. A changed
message is a new one: its old translation would be wrong, and nobody would notice. A test fails for messages
that are not translated.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from admitone.texts.catalogues import ENGLISH, Part, languages, read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = Path(__file__).parents[1] / "server" / "admitone"
PARTS: tuple[Part, ...] = ("customer", "dashboard")
CUSTOMER = (
    "domain/",
    "mail/",
    "usecases/bookings/",
    "usecases/links/",
    "usecases/mail/",
    "usecases/shared/",
    "usecases/times/",
    "web/customer/",
    "web/http/",
    "web/templates/base.html",
    "web/templates/customer/",
    "web/templates/error.html",
)
"""What customers read comes from here, and goes into their catalogue; everything else into the other one."""
DATED = re.compile(
    rb'"(POT-Creation|PO-Revision|Last-Tr|Language-Team|Report-|Generated-|Project-Id|MIME-|Content-Transfer)'
)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "forms": (1, 2),
    "message": None,
    "count_message": (1, 2),
}
JINJA = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}
Found = tuple[int, str, Any, list[str]]


def extract_mail(file: BinaryIO, _: object, __: object, options: object) -> Iterable[Found]:
    """The messages of a mail's template: `[[_message]]`."""
    for number, line in enumerate(file.read().decode().splitlines(), 1):
        for found in re.finditer(r"\[\[_(.+?)\]\]", line):
            yield number, "_", found[1], []


def messages(part: Part) -> Catalog:
    """The messages of one part as they stand in the code, without translations."""
    catalogue = Catalog(project="Admit One", charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE).as_posix()
        method: Any = extract_mail if name.startswith("mail/templates/") else METHODS.get(path.suffix)
        if not path.is_file() or method is None or name.startswith("fakegoogle/"):
            continue
        if (part == "customer") == name.startswith(CUSTOMER):
            options = JINJA if path.suffix == ".html" else {}
            with path.open("rb") as file:
                for _line, message, _comments, context in extract(method, file, KEYWORDS, (), options):
                    catalogue.add(message, locations=[(name, 0)], context=context)
    return catalogue


def wanted(part: Part) -> Catalog:
    """The messages that a catalogue of this part has: none is both for customers and for the dashboard."""
    found = messages(part)
    if part == "dashboard":
        for entry in list(messages("customer")):
            found.delete(entry.id, entry.context)
    return found


def updated(language: str, part: Part) -> bytes:
    """The file of a catalogue as it should be."""
    locale = Locale.parse(language, sep="-")
    try:
        before = read_catalogue(language, part)
    except OSError:
        before = Catalog(locale)
    catalogue = Catalog(locale, project="Admit One", charset="utf-8", fuzzy=False)
    for entry in wanted(part):
        if entry.id:
            kept = before.get(entry.id, entry.context)
            said = kept.string if kept and not kept.fuzzy and type(kept.id) is type(entry.id) else None
            catalogue.add(entry.id, said, entry.locations, context=entry.context)
    content = BytesIO()
    write_po(content, catalogue, width=0, sort_by_file=True, omit_header=False, ignore_obsolete=True)
    return _without_dates(content.getvalue())


def _without_dates(content: bytes) -> bytes:
    """The file without what changes each time it is written, and without lines that say nothing."""
    kept = [line for line in content.splitlines(keepends=True) if not DATED.match(line)]
    first = next(place for place, line in enumerate(kept) if line.startswith(b"msgid"))
    return b"".join(kept[first:])


def files() -> Iterator[tuple[Path, bytes]]:
    """Every catalogue's path, with the file as it should be."""
    for part in PARTS:
        for language in languages(part):
            if language != ENGLISH:
                yield PACKAGE / "texts" / language / f"{part}.po", updated(language, part)


def main() -> None:
    """Write the catalogues."""
    for path, content in files():
        path.write_bytes(content)


if __name__ == "__main__":
    main()
