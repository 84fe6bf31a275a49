"""The time zones to choose from: those named after places, by continent."""

from __future__ import annotations

from functools import cache

from admitone.domain.availability.zones import zone_names
from admitone.texts.message import message

AREAS = {
    "Africa": message("Africa"),
    "America": message("America"),
    "Antarctica": message("Antarctica"),
    "Asia": message("Asia"),
    "Atlantic": message("Atlantic"),
    "Australia": message("Australia"),
    "Europe": message("Europe"),
    "Indian": message("Indian Ocean"),
    "Pacific": message("Pacific"),
}
"""The first parts of zones' names, and what they are called."""


def zone_choices(chosen: str | None = None) -> dict[str, list[tuple[str, str]]]:
    """Pairs of a zone's name and its label, by area (a message); `chosen` is among them if it is a zone."""
    choices = _by_area()
    known = any(chosen == name for names in choices.values() for name, _ in names)
    if chosen is None or known or chosen not in zone_names():
        return choices
    return {message("Chosen"): [(chosen, chosen)], **choices}


@cache
def _by_area() -> dict[str, list[tuple[str, str]]]:
    names = sorted(name for name in zone_names() if name.partition("/")[0] in AREAS and "/" in name)
    areas = {
        said: [
            (name, name.partition("/")[2].replace("_", " ")) for name in names if name.startswith(f"{area}/")
        ]
        for area, said in AREAS.items()
    }
    return {message("No place"): [("UTC", "UTC")], **areas}
