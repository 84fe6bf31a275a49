"""The reader of an answer: by the language that a customer's page fixes, and by Accept-Language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from admitone.domain.people.reader import Reader, reader_for
from admitone.texts.catalogues import ENGLISH
from admitone.web.http.appkeys import FIXED_LANGUAGE, ROUTE
from admitone.web.http.route import Access

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.texts.catalogues import Part


USUAL = 100
"""Characters of an Accept-Language whose reader is remembered: longer ones would only fill memory."""


def fix_language(request: web.Request, language: str | None) -> None:
    """Answer this request in a language, refusals included; None leaves it to Accept-Language."""
    request[FIXED_LANGUAGE] = language


def reader_of(request: web.Request, part: Part = "customer") -> Reader:
    """The reader by Accept-Language (RFC 9110, 12.5.4), in the language that is fixed if there is one.

    `part` is the part of our texts that the answer shows.
    """
    accepted = request.headers.get("Accept-Language", "")
    find = _remembered_reader if len(accepted) <= USUAL else _reader
    return find(accepted, request.get(FIXED_LANGUAGE), part)


def problem_language(request: web.Request) -> str:
    """The language of problem documents: customers' calls get theirs, all others English.

    People read the former. Programs compare the code of the latter, and the dashboard says them in its own
    language.
    """
    route = request.get(ROUTE)
    is_customers = route is not None and route.access is Access.CUSTOMER
    return reader_of(request).language if is_customers else ENGLISH


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


def _reader(accepted: str, fixed: str | None, part: Part) -> Reader:
    return reader_for(accepted_tags(accepted), fixed, part)


_remembered_reader = lru_cache(maxsize=512)(_reader)
