"""What surrounds every handler: an id and a line in the log, refusals as answers, CORS preflights."""

from __future__ import annotations

import re
import secrets
import time
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from admitone.domain.errors import BodyTooLarge, MethodNotAllowed, NotFound, Refusal
from admitone.web import problems
from admitone.web.appkeys import METRICS, REQUEST_ID
from admitone.web.headers import PREFLIGHT, allows_any_origin

if TYPE_CHECKING:
    from admitone.web.route import Handler

log = structlog.get_logger()

_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_REFUSALS: dict[int, type[Refusal]] = {404: NotFound, 405: MethodNotAllowed, 413: BodyTooLarge}


@web.middleware
async def observe(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its id, count it, and write its line in the log.

    The id is the caller's X-Request-Id where that is 8 to 64 plain characters. The line names the route's
    pattern, never the path: paths hold codes and tokens, and queries hold names and addresses.
    """
    given = request.headers.get("X-Request-Id", "")
    request[REQUEST_ID] = given if _ACCEPTED_ID.fullmatch(given) else secrets.token_hex(8)
    started = time.perf_counter()
    status: int | None = None  # stays None where the caller hung up before there was an answer
    with structlog.contextvars.bound_contextvars(request_id=request[REQUEST_ID]):
        try:
            response = await handler(request)
            status = response.status
            return response
        except web.HTTPException as answer:
            status = answer.status
            raise
        finally:
            seconds, route = time.perf_counter() - started, _pattern(request)
            request.app[METRICS].observe(request.method, route, status, seconds)
            log.info(
                "request", method=request.method, route=route, status=status, ms=round(seconds * 1000, 1)
            )


@web.middleware
async def answer_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what a handler raises into an answer; what nobody foresaw is logged and answered as `internal`."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return problems.refused(refusal)
    except web.HTTPException as answer:
        return _translate(answer)
    except Exception as error:
        if request.writer.output_size:  # half an answer is out: all that is left is to hang up
            raise
        log.error("request-failed", exc_info=error)
        return problems.internal(request[REQUEST_ID])


@web.middleware
async def answer_preflight(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a browser that asks whether a script of another site may call (Fetch, CORS preflight).

    An unknown address under these paths says yes as well: the script then reads its 404.
    """
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if asks and allows_any_origin(request.path):
        return web.Response(status=204, headers=PREFLIGHT)
    return await handler(request)


def _translate(answer: web.HTTPException) -> web.StreamResponse:
    """aiohttp's own refusals in our form; a redirect stays one."""
    if answer.status < 400:  # noqa: PLR2004 - the first status that is an error
        raise answer
    if answer.status not in _REFUSALS:
        return problems.unnamed(answer.status)
    response = problems.refused(_REFUSALS[answer.status]())
    if isinstance(answer, web.HTTPMethodNotAllowed):
        response.headers["Allow"] = answer.headers["Allow"]
    return response


def _pattern(request: web.Request) -> str | None:
    resource = request.match_info.route.resource
    return resource.canonical if resource else None
