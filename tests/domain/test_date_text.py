"""Dates and times in words."""

from __future__ import annotations

from datetime import date
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
    assert british.day_and_month(DAY) == "3 December"
    assert american.months(DAY, DAY) == "December 2026"
    assert (british.time(NOW), american.time(NOW)) == ("12:06", "12:06 PM")
    assert british.weekdays()[0] == ("Mon", "Monday")
    assert american.weekdays()[0] == ("Sun", "Sunday")


def test_a_span_within_a_day_and_past_midnight() -> None:
    assert said("en-GB").span(NOW, NOW + HOUR) == "12:06–13:06"
    assert said("en-GB").span(NOW, NOW + 13 * HOUR) == "12:06 – Thu 19 Nov, 01:06"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (30, "30 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (1440, "24 hours")],
)
def test_lengths(minutes: int, words: str) -> None:
    assert said("en").duration(minutes) == words


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
