"""What people read or hear on a page, piece by piece."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.support.texts.names import without_names

READ = frozenset({"alt", "aria-label", "placeholder", "title", "abbr"})
SILENT = frozenset({"script", "style"})
_FILLED = re.compile(r"\{\w+\}")
NAMED = frozenset({"select"})
"""Zones are chosen by their city, whose name can be the same in many languages."""


class _Spoken(HTMLParser):
    """Collects texts, also those for scripts, and the attributes and the description that people read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = dict(pairs)
        self._skipped += tag in SILENT | NAMED
        self.pieces += [value for name, value in pairs if name in READ and value]
        if attributes.get("name") == "description":
            self.pieces.append(attributes.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in SILENT | NAMED

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.pieces.append(data)


def spoken(html: str) -> set[str]:
    """The texts of a page with three letters or more; names and what scripts fill in do not count."""
    reader = _Spoken()
    reader.feed(html)
    reader.close()
    texts = {" ".join(piece.split()) for piece in reader.pieces}
    return {text for text in texts if len(re.findall(r"[^\W\d_]", without_names(_FILLED.sub("", text)))) > 2}
