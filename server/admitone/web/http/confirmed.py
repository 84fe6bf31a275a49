"""An answer that tells of a write is given only when replicas of Redis have that write."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web

from admitone.domain.errors import Refusal
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from admitone.store.store import Store
    from admitone.web.http.route import Handler

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that only read. What they show may still be on its way to the replicas."""
TELLING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE})
"""Refusals from which a caller may conclude that its earlier call was carried out."""


def must_be_confirmed(request: web.Request, store: Store) -> bool:
    """Whether the answer has to wait for replicas: there are some, and the request may write."""
    return store.lines.replicas > 0 and request.method not in READING


async def confirmed(request: web.Request, handler: Handler, store: Store) -> web.StreamResponse:
    """Answer a request when replicas have everything that it has read or written.

    A request that is sent again may find its work done, by a call whose outcome was unknown because no
    replica had it. Its answer must not acknowledge that. This holds for every route, whichever way its use
    case found out. Writes themselves have waited already. Raises OutcomeUnknown.
    """
    try:
        response = await handler(request)
    except Refusal as refusal:
        if _tells(STATUS[type(refusal)]):
            await store.confirm()
        raise
    except web.HTTPException as answer:
        if _tells(answer.status):
            await store.confirm()
        raise
    if _tells(response.status):
        await store.confirm()
    return response


def _tells(status: int) -> bool:
    return status < HTTPStatus.BAD_REQUEST or status in TELLING
