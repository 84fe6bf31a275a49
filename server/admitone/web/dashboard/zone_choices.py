"""The time zones to choose from: those named after places, by continent."""

from __future__ import annotations

from functools import cache

from admitone.domain.availability.zones import zone_names

AREAS = (
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


def zone_choices(chosen: str | None = None) -> dict[str, list[tuple[str, str]]]:
    """Pairs of a zone's name and its label, by area; `chosen` is always among them if it is a zone."""
    choices = _by_area()
    known = any(chosen == name for names in choices.values() for name, _ in names)
    if chosen is None or known or chosen not in zone_names():
        return choices
    return {"Chosen": [(chosen, chosen)], **choices}


@cache
def _by_area() -> dict[str, list[tuple[str, str]]]:
    names = sorted(name for name in zone_names() if name.partition("/")[0] in AREAS and "/" in name)
    areas = {
        area: [
            (name, name.partition("/")[2].replace("_", " ")) for name in names if name.startswith(f"{area}/")
        ]
        for area in AREAS
    }
    return {"No place": [("UTC", "UTC")], **areas}
