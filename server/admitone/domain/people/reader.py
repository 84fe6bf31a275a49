"""The reader of a page or mail, and how they write dates: language, order, clock, first day of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from babel import Locale, UnknownLocaleError

from admitone.domain.people.territories import Clock, clock_in, first_day_in

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = ("en",)
"""The languages of our own texts; the first is for readers of all other languages."""
MOST_TAGS = 10


class Reader(msgspec.Struct, frozen=True):
    """A reader; `locale` has the language of our texts, so that a date fits the sentence around it.

    The clock and the first day of the week (0 is Monday) are those of the reader's own country, in whatever
    language they read here.
    """

    locale: Locale
    clock: Clock
    week_start: int

    @property
    def language(self) -> str:
        """The language of the texts, as HTML's `lang`."""
        return str(self.locale.language)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as HTML's `dir`."""
        return str(self.locale.text_direction)

    @property
    def tag(self) -> str:
        """The locale as a language tag (BCP 47), such as `en-GB`."""
        return str(self.locale).replace("_", "-")


def reader_for(accepted: Sequence[str], page: str | None = None) -> Reader:
    """The reader who accepts these language tags (best first), for a page with the locale `page`.

    Tags that are not locales are ignored: they come from outside. Only a locale of one of our languages is
    ever loaded: Babel keeps each for good, and all of them take 190 MB.
    """
    own = [locale for tag in accepted[:MOST_TAGS] if (locale := _parse(tag))]
    written = _parse(page) if page else None
    wanted = [written.language] if written else [locale.language for locale in own]
    language = next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])
    same = [locale for locale in (*own, *([written] if written else [])) if locale.language == language]
    locale = next((locale for locale in same if locale.territory), None) or Locale(language)
    habits = own[0] if own else locale
    return Reader(locale, clock_in(habits.language, habits.territory), first_day_in(habits.territory))


def _parse(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError, TypeError):
        return None
