"""Dates and times in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.availability.zones import zone, zone_names
from admitone.domain.date_text import DateText
from admitone.domain.people.reader import reader_for
from tests.support.factories import HOUR, NOW

DAY = date(2026, 12, 3)


def said(tag: str, zone_name: str = "Europe/Paris") -> DateText:
    """How times are said to a reader."""
    return DateText(reader_for([tag]), zone(zone_name))


def test_british_and_american_readers() -> None:
    british, american = said("en-GB"), said("en-US")
    assert british.day(DAY) == "Thursday 3 December"
    assert american.day(DAY) == "Thursday, December 3"
    assert british.day(DAY, year=True) == "Thursday, 3 December 2026"
    assert british.day_short(DAY) == "Thu 3 Dec"
    assert british.day_short(DAY, year=True) == "Thu, 3 Dec 2026"
    assert british.day_and_month(DAY) == "3 December"
    assert (british.day_and_month_short(DAY), american.day_and_month_short(DAY)) == ("3 Dec", "Dec 3")
    assert british.days(DAY, DAY) == "3 Dec 2026"
    assert american.days(DAY, date(2027, 1, 2)) == "Dec 3, 2026\u2009–\u2009Jan 2, 2027"
    assert american.months(DAY, DAY) == "December 2026"
    assert (british.time(NOW), american.time(NOW)) == ("12:06", "12:06 PM")
    assert british.weekdays()[0] == ("Mon", "Monday")
    assert american.weekdays()[0] == ("Sun", "Sunday")


@pytest.mark.parametrize(
    ("tag", "seconds", "words"),
    [
        ("en-GB", 0, "1 minute ago"),
        ("en-GB", -5, "1 minute ago"),
        ("en-GB", 5 * 60 + 40, "6 minutes ago"),
        ("en-GB", 3 * HOUR, "3 hours ago"),
        ("en-GB", 26 * HOUR, "1 day ago"),
        ("en-GB", 7 * 24 * HOUR, "Wed 11 Nov"),
        ("en-GB", 365 * 24 * HOUR, "Tue, 18 Nov 2025"),
        ("de", 3 * HOUR, "vor 3 Stunden"),
        ("ar", 3 * HOUR, "قبل 3 ساعات"),
    ],
)
def test_how_long_ago(tag: str, seconds: int, words: str) -> None:
    assert said(tag).ago(NOW - seconds, NOW) == words


def test_a_span_within_a_day_and_past_midnight() -> None:
    assert said("en-GB").span(NOW, NOW + HOUR) == "12:06–13:06"
    assert said("en-GB").span(NOW, NOW + 13 * HOUR) == "12:06\u2009–\u2009Thu 19 Nov, 01:06"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (30, "30 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (1440, "24 hours")],
)
def test_lengths(minutes: int, words: str) -> None:
    assert said("en").duration(minutes) == words


DAYS = {
    "en": ("Thursday, December 3", "Thu, Dec 3, 5:26 PM", "5:26 – 5:56 PM"),
    "en-GB": ("Thursday 3 December", "Thu 3 Dec, 17:26", "17:26–17:56"),
    "de": ("Donnerstag, 3. Dezember", "Do., 3. Dez., 17:26", "17:26–17:56 Uhr"),
    "es": ("jueves, 3 de diciembre", "jue, 3 dic, 17:26", "17:26–17:56"),
    "es-MX": ("jueves, 3 de diciembre", "jue 3 de dic, 5:26 p.m.", "5:26–5:56 p.m."),
    "fr": ("jeudi 3 décembre", "jeu. 3 déc., 17:26", "17:26 – 17:56"),
    "ja": ("12月3日木曜日", "12月3日(木) 17:26", "17:26～17:56"),
    "pt-BR": ("quinta-feira, 3 de dezembro", "qui., 3 de dez., 17:26", "17:26 – 17:56"),
    "ar": ("الخميس، 3 ديسمبر", "الخميس، 3 ديسمبر، 5:26 م", "5:26–5:56 م"),
    "ar-EG": ("الخميس، 3 ديسمبر", "الخميس، 3 ديسمبر، 5:26 م", "5:26–5:56 م"),
}
"""A day, a day with a time and a span, as each language writes them; blanks of any width are blanks here."""


@pytest.mark.parametrize("tag", DAYS)
def test_each_language_writes_days_and_times_in_its_own_way(tag: str) -> None:
    text, at = said(tag), int(datetime(2026, 12, 3, 16, 26, tzinfo=UTC).timestamp())
    written = (text.day(DAY), text.day_and_time(at), text.span(at, at + HOUR // 2))
    assert tuple(" ".join(one.split()) for one in written) == DAYS[tag]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de", ["1 Minute", "2 Stunden", "1 Stunde 30 Minuten"]),
        ("es", ["1 minuto", "2 horas", "1 hora y 30 minutos"]),
        ("fr", ["1 minute", "2 heures", "1 heure 30 minutes"]),
        ("ja", ["1分", "2時間", "1時間30分"]),
        ("pt-BR", ["1 minuto", "2 horas", "1 hora e 30 minutos"]),
        ("ar", ["دقيقة واحدة", "ساعتان", "ساعة واحدة و30 دقيقة"]),
    ],
)
def test_each_language_says_how_long(tag: str, words: list[str]) -> None:
    assert [said(tag).duration(minutes) for minutes in (1, 120, 90)] == words


def test_names_are_listed_as_the_language_does() -> None:
    assert said("en").names(["Hanna", "Max"]) == "Hanna and Max"
    assert said("ja").names(["Hanna", "Max"]) == "Hanna、Max"
    assert said("de").names([]) == ""


@pytest.mark.parametrize(
    ("zone_name", "city", "offset"),
    [
        ("America/New_York", "New York", "GMT−5"),
        ("Asia/Kolkata", "Kolkata", "GMT+5:30"),
        ("Europe/London", "London", "GMT"),
        ("UTC", "UTC", "GMT"),
        ("Etc/GMT+5", "GMT+5", "GMT−5"),
        ("Pacific/Marquesas", "Marquesas", "GMT−9:30"),
    ],
)
def test_zones(zone_name: str, city: str, offset: str) -> None:
    text = said("en", zone_name)
    assert text.city() == city
    assert text.offset(NOW) == offset


@given(st.integers(-62_000_000_000, 253_000_000_000), st.sampled_from(sorted(zone_names())))
def test_a_date_is_that_of_its_zone(at: int, zone_name: str) -> None:
    text = said("en-GB", zone_name)
    assert abs((text.date(at) - date(1970, 1, 1)).days - at // 86_400) <= 1
    assert text.time(at)
    assert text.day(text.date(at), year=True)


def test_the_zone_is_an_ordinary_one() -> None:
    assert isinstance(said("en").zone, ZoneInfo)
