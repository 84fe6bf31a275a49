"""The reader of a page or mail, and how they write dates: language, order, clock, first day of the week."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec
from babel import Locale, UnknownLocaleError

from admitone.domain.people.territories import Clock, clock_in, first_day_in
from admitone.texts.catalogues import ENGLISH, languages
from admitone.texts.translator import Translator, translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.texts.catalogues import Part

MOST_TAGS = 10


class Reader(msgspec.Struct, frozen=True):
    """A reader; `language` is the language tag of our texts, which HTML's `lang` names.

    `locale` has the same language, so that a date fits the sentence around it. The clock and the first day of
    the week (0 is Monday) are those of the reader's own country, in whatever language they read here.
    """

    language: str
    locale: Locale
    clock: Clock
    week_start: int

    @property
    def texts(self) -> Translator:
        """Says our texts in the reader's language."""
        return translator(self.language)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as HTML's `dir`."""
        return str(self.locale.text_direction)

    @property
    def tag(self) -> str:
        """The locale as a language tag (BCP 47), such as `en-GB`."""
        return str(self.locale).replace("_", "-")

    @property
    def script_locale(self) -> str:
        """The locale for `Intl` in scripts, which must write digits as this server does (`date_text.py`)."""
        return f"{self.tag}-u-nu-latn"


def reader_for(accepted: Sequence[str], page: str | None = None, part: Part = "customer") -> Reader:
    """The reader who accepts these language tags (best first), of one part of our texts.

    `page` is the language of the page, if that is fixed. Tags that are not locales are ignored: they come
    from outside. Only locales of our own languages are ever loaded: Babel keeps each for good, and all of
    them take 190 MB.
    """
    spoken = _spoken(part)
    own = [locale for tag in accepted[:MOST_TAGS] if (locale := _parse(tag))]
    written = _parse(page) if page else None
    wanted = [written.language] if written else [locale.language for locale in own]
    code = next((code for code in wanted if code in spoken), ENGLISH)
    same = [locale for locale in (*own, *([written] if written else [])) if locale.language == code]
    locale = next((locale for locale in same if locale.territory), None) or _parse(spoken[code])
    assert locale is not None
    habits = own[0] if own else locale
    clock, first = clock_in(habits.language, habits.territory), first_day_in(habits.territory)
    return Reader(spoken[code], locale, clock, first)


@cache
def _spoken(part: Part) -> dict[str, str]:
    """The language tags of one part of our texts, by Babel's name of the language."""
    return {Locale.parse(tag, sep="-").language: tag for tag in languages(part)}


@lru_cache(maxsize=256)  # Babel looks for files at each call
def _parse(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError, TypeError):
        return None
