"""HTTP handlers of the APIs: every path in a discovery document, and the batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.fakegoogle.api.batch import answer_batch
from admitone.fakegoogle.api.call import Call, answer, error_answer
from admitone.fakegoogle.appkeys import STATE
from admitone.fakegoogle.errors import ApiError

if TYPE_CHECKING:
    from admitone.fakegoogle.api.call import Answer


async def call(request: web.Request) -> web.Response:
    """A single API call."""
    return _response(await answer(request.app[STATE], await _call(request)))


async def batched(request: web.Request) -> web.Response:
    """A batch of API calls."""
    try:
        return _response(await answer_batch(request.app[STATE], await _call(request)))
    except ApiError as error:
        return _response(error_answer(error))


async def _call(request: web.Request) -> Call:
    return Call(
        verb=request.method,
        path=request.rel_url.raw_path,
        query=list(request.query.items()),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=await request.read(),
        origin=str(request.url.origin()),
    )


def _response(answered: Answer) -> web.Response:
    return web.Response(status=answered.status, headers=answered.headers, body=answered.body or None)
