"""An answer that tells of a write is given only when replicas of Redis have that write."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web

from admitone.domain.errors import Refusal
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from admitone.web.http.route import Handler

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that only read. What they show may still be on its way to the replicas."""
TELLING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE})
"""Refusals from which a caller may conclude that its earlier call was carried out."""


async def confirmed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a request when replicas have everything that it has read or written.

    It is for requests that may write: those whose method is not in READING.

    A request that is sent again may find its work done, by a call whose outcome was unknown because no
    replica had it. Its answer must not acknowledge that. This holds for every route, whichever way its use
    case found out. Writes themselves have waited already. Raises OutcomeUnknown.
    """
    if SERVICES not in request.app:
        return await handler(request)
    store = request.app[SERVICES].store
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
