"""The visitor's choice of day, time and zone, from the address or the form; malformed values are ignored."""

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

SHOW = "_show"
SEARCH = "_search"
"""The field in which a customer searches for a time zone."""
ZONE = "_zone"
"""The button of a time zone that was found; it goes before the form's own `timezone`."""
SINCE = "_since"
"""The first time of the part to show of a day that has very many."""
LONGEST = 500
"""Characters of a value that an address may put into the form."""


class Choice(msgspec.Struct, frozen=True):
    """The event type, day and zone to show, a start to highlight, and whether to skip the form.

    `search` is what a time zone is searched by, empty without a search.
    """

    event_type: str | None = None
    day: date | None = None
    timezone: str | None = None
    highlight: int | None = None
    skip: bool | None = None
    search: str = ""


def read_choice(given: Mapping[str, str]) -> Choice:
    """The choice in an address's parameters or a form's fields."""
    zone = given.get(ZONE) or given.get("timezone")
    return Choice(
        event_type=given.get("event_type"),
        day=_day(given.get("date", "")),
        timezone=zone if zone in zone_names() else None,
        highlight=_start(given.get("t", "")),
        skip={"0": False, "1": True}.get(given.get("skip", "")),
        search=given.get(SEARCH, "")[:LONGEST],
    )


def asked_choice(request: web.Request) -> Choice:
    """The choice in the requested address."""
    return read_choice(parameters(request) | {SEARCH: request.query.get(SEARCH, "")})


def asked_since(request: web.Request) -> int | None:
    """The first time of the part to show of a day; a form that was sent asks for it by its address."""
    return _start(request.query.get(SINCE, ""))


def shows_another_day(fields: Mapping[str, str]) -> bool:
    """Whether the form was sent by a button that shows another day or zone."""
    return not fields.keys().isdisjoint({"date", SHOW, ZONE})


def parameters(request: web.Request) -> dict[str, str]:
    """The address's parameters, the first of each name, without values that are too long.

    Names that start with `_` belong to our forms: an address must not put them into a page.
    """
    given = reversed([*request.query.items()])
    return {name: value for name, value in given if len(value) <= LONGEST and not name.startswith("_")}


def address_with(request: web.Request, **changes: str | None) -> str:
    """The requested address with some parameters changed; None removes a parameter."""
    given = parameters(request) | changes
    query = urlencode({name: value for name, value in given.items() if value is not None})
    return f"{request.path}?{query}" if query else request.path


def around_date(request: web.Request) -> tuple[str, str]:
    """What stands before and after the date in the requested address with another date: a page has many."""
    given = parameters(request) | {"date": ""}
    names = [*given]
    place = names.index("date") + 1
    before, after = ({name: given[name] for name in part} for part in (names[:place], names[place:]))
    return f"{request.path}?{urlencode(before)}", f"&{urlencode(after)}" if after else ""


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
