"""The time zones that a person can choose, found by city or country, in their language or in English."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec
from babel import Locale
from babel.core import get_global

from admitone.domain.availability.zones import zone_names
from admitone.texts.catalogues import ENGLISH

UTC = "UTC"
MOST = 8
"""How many zones a search finds at most."""


class FoundZone(msgspec.Struct, frozen=True, array_like=True):
    """A zone, with its city and country in the reader's language; `country` is empty for UTC.

    `words` are what it is found by: folded, separated by spaces. `others` are its former names, which
    browsers still use. A list in JSON, since static/visit/zone_search.js reads hundreds of them.
    """

    name: str
    city: str
    country: str
    words: str
    others: Sequence[str] = ()


@lru_cache(maxsize=16)
def known_zones(language: str) -> Sequence[FoundZone]:
    """All zones by city, for readers of a language of ours (a language tag)."""
    own, english = Locale.parse(language, sep="-"), Locale.parse(ENGLISH)
    territories, former = get_global("zone_territories"), _former_names()
    found = [_zone(name, territories[name], own, english, former.get(name, ())) for name in _places()]
    return (*sorted(found, key=lambda zone: fold(zone.city)), FoundZone(UTC, UTC, "", "utc gmt"))


def search_zones(language: str, text: str) -> list[FoundZone]:
    """Up to eight zones of which each word of `text` begins a word.

    Those with exactly these words come first (India before Indiana), then those whose city begins so.
    """
    wanted = fold(text).split()
    if not wanted:
        return []
    start = " ".join(wanted)

    def rank(zone: FoundZone) -> tuple[bool, bool]:
        is_exact = set(wanted) <= set(zone.words.split())
        return not is_exact, not fold(zone.city).startswith(start)

    found = [zone for zone in known_zones(language) if all(f" {word}" in f" {zone.words}" for word in wanted)]
    return sorted(found, key=rank)[:MOST]


def city_in(zone: str, locale: Locale) -> str:
    """A zone's city in a language, or the last part of its name if it has no city (`UTC`).

    CLDR has some cities under a former name of their zone only: Kolkata in Arabic under `Asia/Calcutta`.
    """
    cities = (locale.time_zones.get(name, {}).get("city") for name in (zone, *_former_names().get(zone, ())))
    known = next((city for city in cities if city), None)
    return str(known) if known else zone.rpartition("/")[2].replace("_", " ")


def fold(text: str) -> str:
    """The text for comparing: without accents and case, words separated by one space."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in plain.casefold()).split())


def _zone(name: str, territory: str, own: Locale, english: Locale, others: Sequence[str]) -> FoundZone:
    """One zone. `America/Indiana/Knox` has the city Knox, and is found by Indiana as well."""
    city, country = city_in(name, own), str(own.territories.get(territory, ""))
    names = (city, city_in(name, english), country, english.territories.get(territory, ""))
    parts = [part for each in (name, *others) for part in each.split("/")[1:]]
    words = dict.fromkeys(word for text in (*names, *parts) for word in fold(str(text)).split())
    return FoundZone(name, city, country, " ".join(words), others)


def _places() -> list[str]:
    """The zones of CLDR that are neither links to other zones nor artificial, such as `Etc/GMT+5`."""
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    known = (name for name in zone_names() if name in territories and name not in aliases and "/" in name)
    return [name for name in known if not name.startswith("Etc/")]


@cache
def _former_names() -> dict[str, list[str]]:
    """The former names of zones that are still known as names of zones."""
    found: dict[str, list[str]] = {}
    for other, name in sorted(get_global("zone_aliases").items()):
        if "/" in other and other in zone_names() and not other.startswith("Etc/"):
            found.setdefault(name, []).append(other)
    return found
