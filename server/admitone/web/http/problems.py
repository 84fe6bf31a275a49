"""Refusals over HTTP: the status of each, and the problem document (RFC 9457) that describes it."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from aiohttp import web
from msgspec import UNSET, UnsetType

import admitone.google.errors  # noqa: F401  - defines more refusals
from admitone.domain import errors
from admitone.domain.errors import Kind
from admitone.texts.catalogues import ENGLISH
from admitone.texts.message import message
from admitone.texts.translator import translator

STATUS_OF_KIND: dict[Kind, HTTPStatus] = {
    Kind.BAD_REQUEST: HTTPStatus.BAD_REQUEST,
    Kind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Kind.WRONG_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Kind.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Kind.URI_TOO_LONG: HTTPStatus.REQUEST_URI_TOO_LONG,
    Kind.HEADER_TOO_LARGE: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    Kind.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    Kind.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Kind.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Kind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Kind.WRONG_METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
    Kind.GONE: HTTPStatus.GONE,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    Kind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
STATUS: dict[type[errors.Refusal], HTTPStatus] = {
    refusal: STATUS_OF_KIND[refusal.kind] for refusal in errors.Refusal.all()
}
"""The status of every refusal, those of Google included, which are defined in google/errors.py."""
RETRY_SECONDS = 1
"""The value of Retry-After: a full queue or a restart of Redis takes about this time."""


class Problem(msgspec.Struct):
    """The document; `request_id` is there for errors of our own only, so that their log line is found."""

    type: str
    title: str
    status: int
    detail: str
    retry: bool
    errors: tuple[errors.FieldError, ...]
    request_id: str | UnsetType = UNSET
    links: int | UnsetType = UNSET
    """How many links the change would make unavailable; for `would-break-links` and `-workflows` only."""
    workflows: list[str] | UnsetType = UNSET
    """The ids of the published workflows that the change would break; for `would-break-workflows` only."""
    bookings: list[str] | UnsetType = UNSET
    """The ids of the bookings to come; for `has-live-bookings` only."""


def refused(refusal: errors.Refusal, language: str = ENGLISH) -> web.Response:
    """The answer to a refusal, in a language of ours."""
    status, say = STATUS[type(refusal)], translator(language).say
    invalid = refusal.errors if isinstance(refusal, errors.Invalid) else ()
    problem = Problem(
        type=f"/problems/{refusal.code}",
        title=say(refusal.sentence),
        status=status,
        detail=" ".join(say(sentence) for sentence in refusal.sentences()),
        retry=refusal.retry,
        errors=tuple(errors.FieldError(error.field, say(error.message)) for error in invalid),
        links=refusal.links if isinstance(refusal, errors.WouldBreakLinks) else UNSET,
        workflows=refusal.workflows if isinstance(refusal, errors.WouldBreakWorkflows) else UNSET,
        bookings=refusal.bookings if isinstance(refusal, errors.HasLiveBookings) else UNSET,
    )
    return _answer(problem, {**refusal_headers(refusal, status), "Content-Language": language})


def internal(request_id: str, language: str = ENGLISH) -> web.Response:
    """The answer to an internal error, in a language of ours; it says nothing about the cause."""
    say = translator(language).say
    return _answer(
        Problem(
            type="/problems/internal",
            title=say(message("Something went wrong on this server.")),
            status=HTTPStatus.INTERNAL_SERVER_ERROR,
            detail=say(
                message("Something went wrong on this server. Its administrator finds it by the request id.")
            ),
            retry=False,
            errors=(),
            request_id=request_id,
        ),
        {"Content-Language": language},
    )


def unnamed(status: int, headers: dict[str, str] | None = None) -> web.Response:
    """The answer to an HTTP error for which we have no code (RFC 9457, 4.2.1)."""
    phrase = HTTPStatus(status).phrase
    return _answer(
        Problem(type="about:blank", title=phrase, status=status, detail=phrase, retry=False, errors=()),
        headers,
    )


def refusal_headers(refusal: errors.Refusal, status: HTTPStatus) -> dict[str, str]:
    """The headers of a refusal, whether it is answered as a problem document or as a page."""
    if isinstance(refusal, errors.TooManyRequests):
        return {"Retry-After": str(refusal.retry_after)}
    if refusal.retry and status is HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(RETRY_SECONDS)}
    if status is HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}  # RFC 9110, 11.6.1: a 401 names its scheme
    return {}


def _answer(problem: Problem, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(problem),
        status=problem.status,
        headers=headers,
        content_type="application/problem+json",
    )
