"""The files of time zones, one for each language: the customers' script searches them when it is asked to."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from admitone.domain.people.zone_search import known_zones
from admitone.texts.catalogues import languages

_PREFIX = "zones/"
_SUFFIX = ".json"


def zone_file_name(language: str) -> str:
    """The name of the file for a language tag, in the namespace of the static files."""
    return f"{_PREFIX}{language}{_SUFFIX}"


@lru_cache(maxsize=64)
def zone_file(name: str) -> bytes | None:
    """The file of that name: a list of zones as `FoundZone` has them; None if there is no such file."""
    for language in languages("customer"):
        if name == zone_file_name(language):
            return msgspec.json.encode(known_zones(language))
    return None
