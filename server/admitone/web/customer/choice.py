"""What a visitor asks to see, by the address or by the form: leniently, since a bad value is only ignored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from admitone.domain.availability.zones import zone_names
from admitone.domain.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

LEAF = "_show"
LONGEST = 500
"""Characters of a value that an address may bring into a form."""


class Choice(msgspec.Struct, frozen=True):
    """Which event type, day and zone, a start to highlight, and whether the form is to be skipped."""

    event_type: str | None = None
    day: date | None = None
    timezone: str | None = None
    highlight: int | None = None
    skip: bool | None = None


def read_choice(given: Mapping[str, str]) -> Choice:
    """The choice in an address's parameters or a form's fields."""
    zone = given.get("timezone")
    return Choice(
        event_type=given.get("event_type"),
        day=_day(given.get("date", "")),
        timezone=zone if zone in zone_names() else None,
        highlight=_start(given.get("t", "")),
        skip={"0": False, "1": True}.get(given.get("skip", "")),
    )


def is_leafing(fields: Mapping[str, str]) -> bool:
    """Whether a form was sent to see another day or zone, by the buttons that do that."""
    return "date" in fields or LEAF in fields


def parameters(request: web.Request) -> dict[str, str]:
    """The address's parameters, the first of each name; over-long values are not those of a person."""
    return {name: value for name, value in reversed([*request.query.items()]) if len(value) <= LONGEST}


def address_with(request: web.Request, **changes: str | None) -> str:
    """The address that was asked for, with some parameters changed, or taken away by None."""
    given = parameters(request) | changes
    query = urlencode({name: value for name, value in given.items() if value is not None})
    return f"{request.path}?{query}" if query else request.path


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _start(text: str) -> int | None:
    try:
        return Instant.parse(text)
    except ValueError:
        return None
