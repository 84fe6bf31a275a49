"""Every time zone that a person can choose, by continent."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel.core import get_global

from admitone.domain.availability.zones import zone_names

if TYPE_CHECKING:
    from collections.abc import Sequence

UTC = "UTC"
Zones = list[tuple[str, list[tuple[str, str]]]]


def zone_list(chosen: str) -> Zones:
    """Pairs of a continent and its zones, each a pair of name and city; `chosen` is always among them.

    Cities have the English names that are in the names of the zones: people look for these.
    """
    known = _canonical()
    names = known if chosen in known else (*known, chosen)
    areas: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(names):
        area, _, city = name.partition("/")
        areas.setdefault(area if city else UTC, []).append((name, _city(city or name)))
    return sorted(areas.items())


def _city(text: str) -> str:
    return ", ".join(part.replace("_", " ") for part in reversed(text.split("/")))


@lru_cache(maxsize=1)
def _canonical() -> Sequence[str]:
    """The zones of CLDR that are neither links to other zones nor artificial, such as `Etc/GMT+5`."""
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    places = {name for name in zone_names() if name in territories and name not in aliases and "/" in name}
    return (*sorted(name for name in places if not name.startswith("Etc/")), UTC)
