"""The files of time zones, for the customers' script.

For each language there is one with all zones, which is searched, and one for each area (`Europe`), with the
cities of its zones: so the name of the reader's own zone costs a kilobyte, and not ten.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from admitone.domain.availability.zones import zone_names
from admitone.domain.people.zone_search import known_zones
from admitone.texts.catalogues import languages

_PREFIX = "zones/"
_SUFFIX = ".json"


def zone_file_name(language: str) -> str:
    """The name of the file for a language tag, in the namespace of the static files."""
    return f"{_PREFIX}{language}{_SUFFIX}"


def area_file_name(language: str, area: str) -> str:
    """The name of the file of an area: `zones/de/Europe.json`, as static/visit/zone_search.js makes it."""
    return f"{_PREFIX}{language}/{area}{_SUFFIX}"


def zone_file(name: str) -> bytes | None:
    """The file of that name, or None if there is none.

    That of a language is a list of zones as `FoundZone` has them; that of an area is an object of cities by
    the names of their zones, the former names included.
    """
    language, _, area = name.removeprefix(_PREFIX).removesuffix(_SUFFIX).partition("/")
    if language not in languages("customer"):
        return None
    if name == zone_file_name(language):
        return _all_zones(language)
    return _cities(language).get(area) if name == area_file_name(language, area) else None


@lru_cache(maxsize=16)
def _all_zones(language: str) -> bytes:
    return msgspec.json.encode(known_zones(language))


@lru_cache(maxsize=16)
def _cities(language: str) -> dict[str, bytes]:
    """The files of all areas, also of those without a city, such as `Etc`."""
    found: dict[str, dict[str, str]] = {_area(name): {} for name in zone_names()}
    for zone in known_zones(language):
        for name in (zone.name, *zone.others):
            found.setdefault(_area(name), {})[name] = zone.city
    return {area: msgspec.json.encode(cities) for area, cities in found.items()}


def _area(zone: str) -> str:
    return zone.partition("/")[0]
