"""The reader of a customer's page, with the clock of 12 or 24 hours that this browser chose.

The choice is the address's `clock`, and a cookie remembers it for all pages that customers read. Mails have
the clock of the reader's country.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.web.http.cookies import is_https
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.people.reader import Reader
    from admitone.domain.people.territories import Clock
    from admitone.texts.catalogues import Part

NAME = "clock"
"""The parameter of the address; and the cookie, which static/visit/clock.js sets, too."""
CLOCKS: Mapping[str, Clock] = {"12": "h12", "24": "h23"}
LIFETIME = 400 * 86_400
"""Seconds; the longest that browsers keep a cookie (RFC 6265bis, 5.5)."""


def customer_reader(request: web.Request, part: Part = "customer") -> Reader:
    """The reader of the page, with the clock that they chose; see `reader_of`."""
    reader = reader_of(request, part)
    clock = CLOCKS.get(request.query.get(NAME, "")) or CLOCKS.get(request.cookies.get(NAME, ""))
    return msgspec.structs.replace(reader, clock=clock) if clock else reader


def remember_clock(request: web.Request, response: web.StreamResponse) -> None:
    """Let this browser remember the clock that the address chooses, if it does.

    Scripts may read this cookie: it is a preference, and the page's script changes it.
    """
    chosen = request.query.get(NAME, "")
    if chosen in CLOCKS:
        response.set_cookie(
            NAME, chosen, max_age=LIFETIME, path="/", secure=is_https(request), samesite="Lax"
        )
