"""Schema 4.

- The `locale` of a booking page or master page is null or a language of customers' pages. English was the
  default, whatever a customer read: it becomes null, so that the browser decides. Of other tags the language
  stays, in the form that we have (`de-AT` is `de`, `pt` is `pt-BR`); languages that we lack become null.
- The settings have a `locale`, a logo and a photo of each user exist. Data of before need no change for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.migrations.migration import Migration, UnreadableError, Upgrade

if TYPE_CHECKING:
    from admitone.sealing import Sealer
    from admitone.store.migrations.migration import Record, Values

PAGES = (b"booking_page:", b"master_page:")
LANGUAGES = {"ar": "ar", "de": "de", "es": "es", "fr": "fr", "ja": "ja", "pt": "pt-BR"}
"""The languages besides English that schema 4 began with, by the first part of their tags."""


def _pages(record: Record, _: Sealer) -> Values:
    before = record.values[0]
    fields = {name: _page(name, text) if name.startswith(PAGES) else text for name, text in before.items()}
    return record.values if fields == before else [fields]


def _page(name: bytes, text: bytes) -> bytes:
    version, _blank, document = text.partition(b" ")
    page = _document(document, name.decode())
    before = page.get("locale")
    after = LANGUAGES.get(str(before).partition("-")[0].lower())
    return text if before == after else version + b" " + msgspec.json.encode(page | {"locale": after})


def _document(text: bytes, field: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError:
        raise UnreadableError(field, "This is not a JSON object.") from None


TO_SCHEMA_4 = Migration(4, [Upgrade("config", _pages)])
