"""Says messages in one language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.numbers import format_decimal

from admitone.texts.catalogues import translations
from admitone.texts.message import Message

if TYPE_CHECKING:
    import gettext

MANY = 1000
"""Numbers up to this one show every plural category that a language of ours has for whole numbers."""


class Translator:
    """Says messages in one language, a language tag."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language, sep="-")
        self._translations: gettext.NullTranslations = translations(language)

    def say(self, text: str, /, **values: object) -> str:
        """The text in this language, with its values; a text that is in no catalogue stays as it is."""
        if isinstance(text, Message):
            known = text.values | values
            values = {
                name: self.say(value) if isinstance(value, Message) else value
                for name, value in known.items()
            }
            said = self._said(text)
            if text.plural is not None:
                values["count"] = format_decimal(text.number, locale=self.locale, numbering_system="latn")
        else:
            said = self._translations.gettext(text) if text else ""
        return said % values if values else said

    def _said(self, text: Message) -> str:
        """The text of a message in this language, with its placeholders."""
        if text.plural is None:
            return self._translations.gettext(text.msgid)
        return self.choose(text.msgid, text.plural, text.number)

    def choose(self, one: str, other: str, number: int) -> str:
        """The text that fits a number, with its placeholders."""
        return self._translations.ngettext(one, other, number)

    def forms(self, one: str, other: str) -> list[tuple[str, str]]:
        """The text for each plural category of CLDR (`one`, `few`, …), for scripts, which know the number."""
        return [(category, self.choose(one, other, number)) for category, number in _examples(self.language)]


@cache
def translator(language: str) -> Translator:
    """The translator of a language; its catalogues are read once."""
    return Translator(language)


@cache
def _examples(language: str) -> list[tuple[str, int]]:
    """A number for each plural category that whole numbers have in a language."""
    rule = Locale.parse(language, sep="-").plural_form
    found: dict[str, int] = {}
    for number in (*range(MANY), 1_000_000):
        found.setdefault(rule(number), number)
    return list(found.items())
