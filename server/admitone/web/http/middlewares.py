"""What surrounds every handler: ids, log lines, answers to refusals, compression, CORS preflights."""

from __future__ import annotations

import re
import time
from secrets import token_hex
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from admitone.domain.errors import BodyTooLarge, MethodNotAllowed, NotFound, Refusal, Unauthenticated
from admitone.logs import log_request
from admitone.request_id import follow
from admitone.store.redis.usage import begin_usage
from admitone.web.http import error_pages, problems
from admitone.web.http.appkeys import ANSWERED, METRICS, REQUEST_ID, SERVICES
from admitone.web.http.caller import bearer_token
from admitone.web.http.confirmed import confirmed, must_be_confirmed
from admitone.web.http.headers import PREFLIGHT, allows_any_origin
from admitone.web.http.locale import problem_language
from admitone.web.http.session_cookie import session_token

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services
    from admitone.web.http.route import Handler

log = structlog.get_logger()

COMPRESSED_FROM = 1400
"""Bytes; a smaller answer fits into one packet anyway."""
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_REFUSALS: dict[int, type[Refusal]] = {404: NotFound, 405: MethodNotAllowed, 413: BodyTooLarge}


@web.middleware
async def serve(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its id, answer it, count it, and write its line in the log.

    One middleware does all of it, because each takes some microseconds of every request.

    The id is the caller's X-Request-Id if that has 8 to 64 plain characters, else a new one. The log line has
    the route's pattern, never the path: paths hold codes and tokens, and queries hold names and addresses.
    """
    app, given = request.app, request.headers.get("X-Request-Id")
    request_id = request[REQUEST_ID] = given if given and _ACCEPTED_ID.fullmatch(given) else token_hex(8)
    begin_usage()
    started = time.perf_counter()
    status: int | None = None  # stays None if the caller hung up before the answer
    follow(request_id)  # until this task's next request
    try:
        response = await _answer(request, handler, app.get(SERVICES))
        status = response.status
        return response
    except web.HTTPException as answer:
        status = answer.status
        raise
    except ConnectionError:
        if not _has_hung_up(request):
            raise
        return web.Response()  # nobody reads it
    finally:
        seconds = (request.get(ANSWERED) or time.perf_counter()) - started
        route = _pattern(request)
        app[METRICS].requests.add(request.method, route, status, seconds)
        log_request(request.method, route, status, round(seconds * 1000, 1))


async def _answer(request: web.Request, handler: Handler, services: Services | None) -> web.StreamResponse:
    """The answer of the handler, compressed if it is large, or the answer to what it raises.

    An unexpected exception is logged and answered as `internal`. A caller who hangs up, while we read the
    body or write the answer, is no failure of ours. Once a part of the answer is sent, all that is left is to
    cut the connection: aiohttp does that.
    """
    try:
        if request.method == "OPTIONS" and _is_preflight(request):
            return web.Response(status=204, headers=PREFLIGHT)
        if services is not None and must_be_confirmed(request, services.store):
            response = await confirmed(request, handler, services.store)
        else:
            response = await handler(request)
    except Exception as error:
        if isinstance(error, ConnectionError) and _has_hung_up(request):
            raise
        if request.writer.output_size:
            log.error("answer-cut", exc_info=error)
            raise ConnectionAbortedError from error
        if isinstance(error, Refusal):
            response = _refused(request, error)
        elif isinstance(error, web.HTTPException):
            response = _translate(request, error)
        else:
            log.error("request-failed", exc_info=error)
            response = _failed(request)
    _compress(request, response)
    return response


def _is_preflight(request: web.Request) -> bool:
    """Whether a browser asks if a script of another site may call (CORS).

    Unknown addresses under these paths are allowed too: the script can then read the 404.
    """
    return "Access-Control-Request-Method" in request.headers and allows_any_origin(request.path)


def _compress(request: web.Request, response: web.StreamResponse) -> None:
    """Compress a large answer if the caller accepts that: a month of times shrinks to a tenth.

    Answers to signed-in browsers are not compressed. Their pages hold the CSRF token and values from the
    address: the length of a compressed answer would reveal the token letter by letter (BREACH attack).
    """
    if not isinstance(response, web.Response):
        return
    body = response.body
    if not isinstance(body, bytes) or len(body) < COMPRESSED_FROM or "Content-Encoding" in response.headers:
        return
    if "gzip" in request.headers.get("Accept-Encoding", "") and session_token(request) is None:
        response.enable_compression(web.ContentCoding.gzip)


def _failed(request: web.Request) -> web.Response:
    if error_pages.wants_page(request):
        return error_pages.internal_page(request)
    return problems.internal(request[REQUEST_ID], problem_language(request))


def _refused(request: web.Request, refusal: Refusal) -> web.Response:
    is_page = error_pages.wants_page(request)
    if is_page:
        response = error_pages.refused_page(request, refusal)
    else:
        response = problems.refused(refusal, problem_language(request))
    if isinstance(refusal, Unauthenticated) and bearer_token(request):
        response.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'  # RFC 6750, 3.1
    return response


def _translate(request: web.Request, answer: web.HTTPException) -> web.StreamResponse:
    """The answer to an exception of aiohttp; a redirect stays as it is."""
    if answer.status < 400:  # noqa: PLR2004 - the first status that is an error
        raise answer
    if answer.status not in _REFUSALS:
        return problems.unnamed(answer.status)
    response = _refused(request, _REFUSALS[answer.status]())
    if isinstance(answer, web.HTTPMethodNotAllowed):
        response.headers["Allow"] = answer.headers["Allow"]
    return response


def _has_hung_up(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _pattern(request: web.Request) -> str | None:
    resource = request.match_info.route.resource
    return resource.canonical if resource else None
