"""Time zones are found by city or country, in the reader's language or in English."""

from __future__ import annotations

import pytest

from admitone.domain.availability.zones import zone_names
from admitone.domain.people.zone_search import known_zones, search_zones
from admitone.texts.catalogues import languages


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Lisbon", "Europe/Lisbon"),
        ("en", "new york", "America/New_York"),
        ("en", "India", "Asia/Kolkata"),
        ("en", "Calcutta", "Asia/Kolkata"),
        ("en", "knox indiana", "America/Indiana/Knox"),
        ("en", "sao pau", "America/Sao_Paulo"),
        ("de", "Lissabon", "Europe/Lisbon"),
        ("de", "Vienna", "Europe/Vienna"),
        ("de", "österreich", "Europe/Vienna"),
        ("pt-BR", "Índia", "Asia/Kolkata"),
        ("ja", "東京", "Asia/Tokyo"),
        ("ar", "الهند", "Asia/Kolkata"),
        ("ar", "كالكتا", "Asia/Kolkata"),
        ("en", "gmt", "UTC"),
    ],
)
def test_the_first_zone_that_is_found(language: str, text: str, name: str) -> None:
    assert search_zones(language, text)[0].name == name


def test_a_country_has_all_its_zones() -> None:
    assert {zone.name for zone in search_zones("en", "Portugal")} == {
        "Atlantic/Azores",
        "Atlantic/Madeira",
        "Europe/Lisbon",
    }


@pytest.mark.parametrize("text", ["", "  ", "%", "Atlantis", "\0", "isbon"])
def test_nothing_is_found(text: str) -> None:
    assert search_zones("en", text) == []


@pytest.mark.parametrize("language", languages("customer"))
def test_each_zone_is_one_and_has_a_city(language: str) -> None:
    zones = known_zones(language)
    names = [zone.name for zone in zones]
    assert len(names) == len(set(names)) > 300
    assert {*names, *(other for zone in zones for other in zone.others)} <= zone_names()
    assert all(zone.city and zone.words for zone in zones)
