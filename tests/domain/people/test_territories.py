"""Clocks and weeks of territories, compared with what Babel's locales say."""

from __future__ import annotations

import pytest
from babel import Locale, UnknownLocaleError, localedata

from admitone.domain.people.territories import Clock, clock_in, first_day_in

TERRITORIES = sorted(
    {territory for one in localedata.locale_identifiers() if (territory := Locale.parse(one).territory)}
)


def clock_of(locale: Locale) -> Clock:
    pattern = str(locale.time_formats["short"].pattern)
    return "h23" if "H" in pattern or "k" in pattern else "h12"


PORTUGAL_S_WEEK = frozenset({"AO", "CV", "GW", "ST", "TL"})
"""Babel hands Portugal's week on to these; CLDR's `weekData` does not."""


def locales_of(territory: str) -> list[Locale]:
    """That of the language of most people there, and English; Babel knows no clock for Guarani."""
    found = []
    for tag in (f"und_{territory}", f"en_{territory}"):
        try:
            found.append(Locale.parse(tag))
        except UnknownLocaleError:
            continue
    return [locale for locale in found if locale.territory == territory and locale.language != "gn"]


def test_territories_have_the_clock_and_the_week_of_their_locales() -> None:
    for territory in TERRITORIES:
        for locale in locales_of(territory):
            assert clock_in(locale.language, territory) == clock_of(locale), locale
            assert first_day_in(territory) == locale.first_week_day or territory in PORTUGAL_S_WEEK, locale


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "ja", "ko", "ar", "hi", "tr", "zh", "he"])
def test_a_language_alone_has_the_clock_of_most_who_speak_it(language: str) -> None:
    assert clock_in(language, None) == clock_of(Locale(language))
    assert first_day_in(None) == Locale(language).first_week_day


def test_french_in_canada_has_another_clock_than_english() -> None:
    assert (clock_in("fr", "CA"), clock_in("en", "CA")) == ("h23", "h12")
