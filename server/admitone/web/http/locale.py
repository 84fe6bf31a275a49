"""The reader of an answer, from the request's Accept-Language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.reader import Reader, reader_for

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.texts.catalogues import Part


def reader_of(request: web.Request, page: str | None = None, part: Part = "customer") -> Reader:
    """The reader by Accept-Language (RFC 9110, 12.5.4); `page` is the locale of the page, if it has one.

    `part` is the part of our texts that the page shows.
    """
    return reader_for(accepted_tags(request.headers.get("Accept-Language", "")), page, part)


def accepted_tags(header: str) -> list[str]:
    """The language tags of an Accept-Language header, best first; malformed ones are left out."""
    weighed = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.strip().partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            quality = 0.0
        if quality > 0 and tag and tag != "*":
            weighed.append((quality, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda one: -one[0])]
