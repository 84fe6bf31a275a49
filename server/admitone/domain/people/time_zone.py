"""Checks of the name of a time zone."""

from __future__ import annotations

from admitone.domain.availability.zones import zone_names
from admitone.domain.errors import FieldError
from admitone.texts.message import message


def zone_problems(field: str, name: str) -> list[FieldError]:
    """The error in the name of a time zone, if there is one."""
    if name in zone_names():
        return []
    return [FieldError(field, message("This is not a time zone; use a name such as Europe/Paris."))]
