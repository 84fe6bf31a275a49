"""A language in which all our texts stand in brackets: what stands outside was not translated."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from admitone.domain.availability.zones import zone_names
from admitone.texts.catalogues import read_catalogue
from admitone.texts.message import Message
from admitone.texts.translator import Translator
from tests.support.texts.names import without_names

if TYPE_CHECKING:
    import pytest

OPEN, CLOSE = "⟦", "⟧"
READ = frozenset({"alt", "aria-label", "label", "placeholder", "title", "abbr"})
"""Attributes that people read or hear."""
TYPED = frozenset({"bdi", "code", "q", "script", "style", "textarea", "time"})
"""Elements with what users typed, with codes, and with dates, which come from CLDR."""
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path"})


def speak_in_brackets(patch: pytest.MonkeyPatch) -> None:
    """Put every text into brackets until the test ends; a part that would stay in English is an error."""
    say, choose = Translator.say, Translator.choose
    known = {str(entry.id) for part in ("customer", "dashboard") for entry in read_catalogue("de", part)}

    def say_in_brackets(self: Translator, text: str, /, **values: object) -> str:
        parts = text.values.values() if isinstance(text, Message) else ()
        # A message without values is a plain text: as a part of another one only a phrase is translated.
        assert not [part for part in parts if type(part) is str and part in known], text
        return f"{OPEN}{say(self, text, **values)}{CLOSE}" if text else ""

    def choose_in_brackets(self: Translator, one: str, other: str, number: int) -> str:
        return f"{OPEN}{choose(self, one, other, number)}{CLOSE}"

    patch.setattr(Translator, "say", say_in_brackets)
    patch.setattr(Translator, "choose", choose_in_brackets)


def outside_brackets(html: str) -> set[str]:
    """The texts of a page that stand in no brackets, without names and what users typed."""
    reader = _Outside()
    reader.feed(html)
    reader.close()
    return {text for text in reader.found if re.search(r"[^\W\d_]{2}", without_names(text))}


class _Outside(HTMLParser):
    """Collects what stands outside of brackets and is read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._depth = 0
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = dict(pairs)
        self.found += [
            value for name, value in pairs if name in READ and value and not value.startswith(OPEN)
        ]
        if tag not in VOID:
            is_zone = tag == "option" and attributes.get("value") in zone_names()
            self._open.append(tag in TYPED or attributes.get("dir") == "auto" or is_zone)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        outside = ""
        for sign in data:
            self._depth += (sign == OPEN) - (sign == CLOSE)
            outside += " " if self._depth or sign == CLOSE else sign
        if not any(self._open):
            self.found.append(" ".join(outside.split()))
