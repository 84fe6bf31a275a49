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
from babel.messages.catalog import Catalog, Message
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
HOSTS = (
    "domain/availability/",
    "domain/bookings/policy.py",
    "domain/contacts/",
    "domain/imports/",
    "domain/links/file_people.py",
    "domain/errors/contacts.py",
    "domain/errors/workflows.py",
    "domain/documents.py",
    "domain/errors/accounts.py",
    "domain/errors/hosts.py",
    "domain/errors/pictures.py",
    "domain/instant.py",
    "domain/mail/kinds.py",
    "domain/pages/booking_page.py",
    "domain/pages/language.py",
    "domain/pages/master_page_rules.py",
    "domain/pages/page.py",
    "domain/pages/pool.py",
    "domain/people/seen.py",
    "domain/reports/",
    "domain/webhooks/",
    "domain/workflows/",
    "mail/liquid.py",
    "mail/liquid_names.py",
    "mail/smtp.py",
    "mail/templates.py",
    "mail/templates/hosts/",
    "mail/templates/parts/host_",
    "usecases/activity/",
    "usecases/bookings/booking_reassign.py",
    "usecases/bookings/booking_table.py",
    "usecases/contacts/",
    "usecases/hooks/",
    "usecases/links/link_table.py",
    "usecases/mail/link_email.py",
    "usecases/links/links_change.py",
    "usecases/links/people_upload.py",
    "usecases/links/people_write.py",
    "usecases/mail/mail_customer.py",
    "usecases/reports/",
    "usecases/runs/",
    "usecases/mail/mail_deliver.py",
    "usecases/mail/mail_gmail.py",
    "usecases/mail/mail_invitation.py",
    "usecases/shared/cursor.py",
    "usecases/shared/google_work.py",
    "usecases/times/availability.py",
    "usecases/times/slot_explain.py",
    "usecases/workflows/",
    "web/http/body.py",
    "web/http/caller.py",
    "web/http/uploads.py",
)
"""Of these, what only hosts or programmers read. Where in doubt, a file is not here: then all can read it."""
DATED = re.compile(
    rb'"(POT-Creation|PO-Revision|Last-Tr|Language-Team|Report-|Generated-|Project-Id|MIME-|Content-Transfer)'
)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "forms": (1, 2),
    "message": None,
    "phrase": None,
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
        if (part == "customer") == (name.startswith(CUSTOMER) and not name.startswith(HOSTS)):
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
    """The file of a catalogue as it should be.

    A message that moves to the other part keeps its translation.
    """
    locale = Locale.parse(language, sep="-")
    parts = sorted((each for each in PARTS if language in languages(each)), key=lambda each: each != part)
    before = [read_catalogue(language, each) for each in parts]
    catalogue = Catalog(locale, project="Admit One", charset="utf-8", fuzzy=False)
    for entry in wanted(part):
        if entry.id:
            catalogue.add(entry.id, _translation(before, entry), entry.locations, context=entry.context)
    content = BytesIO()
    write_po(content, catalogue, width=0, sort_by_file=True, omit_header=False, ignore_obsolete=True)
    return _without_dates(content.getvalue())


def _translation(catalogues: Iterable[Catalog], entry: Message) -> Any:
    """The translation of a message, from the first catalogue that has it; None if none has."""
    for catalogue in catalogues:
        kept = catalogue.get(entry.id, entry.context)
        if kept and kept.string and not kept.fuzzy and type(kept.id) is type(entry.id):
            return kept.string
    return None


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
    for path, content in list(files()):  # each is made from both parts as they were
        path.write_bytes(content)


if __name__ == "__main__":
    main()
