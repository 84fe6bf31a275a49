"""Addresses that offer a booking to a web calendar, which opens its form for a new event with it.

The address reaches the calendar's provider, browser histories and logs. So it says what, when and where, and
nothing by which anybody could join, reschedule or cancel
(docs/decisions/057-what-a-customer-keeps.md).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK: Mapping[str, str] = {
    "Outlook.com": "https://outlook.live.com/calendar/0/deeplink/compose",
    "Microsoft 365": "https://outlook.office.com/calendar/0/deeplink/compose",
}
"""For personal accounts, and for those of organisations: neither calendar leads to the other."""


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """What an address tells: times are epoch seconds, `place` is empty if it is not known."""

    title: str
    start: int
    end: int
    place: str


def calendar_links(occasion: Occasion) -> dict[str, str]:
    """The addresses by the calendars' names."""
    outlook = {name: _outlook(address, occasion) for name, address in OUTLOOK.items()}
    return {"Google": _google(occasion), **outlook}


def _google(occasion: Occasion) -> str:
    times = "/".join(f"{_utc(at):%Y%m%dT%H%M%SZ}" for at in (occasion.start, occasion.end))
    query = {"action": "TEMPLATE", "text": occasion.title, "dates": times}
    return _address(GOOGLE, query | ({"location": occasion.place} if occasion.place else {}))


def _outlook(address: str, occasion: Occasion) -> str:
    query = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": occasion.title,
        "startdt": f"{_utc(occasion.start):%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{_utc(occasion.end):%Y-%m-%dT%H:%M:%SZ}",
    }
    return _address(address, query | ({"location": occasion.place} if occasion.place else {}))


def _address(base: str, query: Mapping[str, str]) -> str:
    """The address; a blank is `%20`, since Outlook shows a `+` as it is."""
    return f"{base}?{urlencode(query, quote_via=quote)}"


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
