"""Refusals as HTTP: which status each has, and the problem document (RFC 9457) that tells it."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from aiohttp import web

from admitone.domain import errors
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked

STATUS: dict[type[errors.Refusal], HTTPStatus] = {
    errors.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.BodyTooSlow: HTTPStatus.REQUEST_TIMEOUT,
    errors.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.CsrfMissing: HTTPStatus.FORBIDDEN,
    errors.SignInExpired: HTTPStatus.BAD_REQUEST,
    errors.SignInCancelled: HTTPStatus.BAD_REQUEST,
    errors.SignUpClosed: HTTPStatus.FORBIDDEN,
    errors.AccountInactive: HTTPStatus.FORBIDDEN,
    errors.AddressInUse: HTTPStatus.CONFLICT,
    errors.AppUnknown: HTTPStatus.BAD_REQUEST,
    errors.OtherGoogleAccount: HTTPStatus.CONFLICT,
    errors.GoogleNotConfigured: HTTPStatus.SERVICE_UNAVAILABLE,
    GoogleRefused: HTTPStatus.BAD_REQUEST,
    GoogleUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    GrantRevoked: HTTPStatus.CONFLICT,
    errors.AlreadyElsewhere: HTTPStatus.CONFLICT,
    errors.InvitationGone: HTTPStatus.GONE,
    errors.InvitationForAnother: HTTPStatus.FORBIDDEN,
    errors.LastAdministrator: HTTPStatus.CONFLICT,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    errors.LinkNotFound: HTTPStatus.NOT_FOUND,
    errors.LinkBooked: HTTPStatus.GONE,
    errors.LinkHasBooking: HTTPStatus.CONFLICT,
    errors.LinkRevoked: HTTPStatus.GONE,
    errors.LinkExpired: HTTPStatus.GONE,
    errors.LinkUnavailable: HTTPStatus.GONE,
    errors.SlotNotOffered: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.SlotTaken: HTTPStatus.CONFLICT,
    errors.CalendarUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.PolicyRefuses: HTTPStatus.FORBIDDEN,
    errors.BookingNotActive: HTTPStatus.CONFLICT,
    errors.SlugInUse: HTTPStatus.CONFLICT,
    errors.WouldBreakLinks: HTTPStatus.CONFLICT,
    errors.NotReassignable: HTTPStatus.CONFLICT,
    errors.OneTimeNotOffered: HTTPStatus.CONFLICT,
    errors.IdempotencyKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.OutcomeUnknown: HTTPStatus.SERVICE_UNAVAILABLE,
}
RETRY_SECONDS = 1  # what passes by itself (a full queue, a Redis that restarts) passes in about this time


class Problem(msgspec.Struct, omit_defaults=True):
    """The document; `request_id` is there for errors of our own only, so that their log line is found."""

    type: str
    title: str
    status: int
    detail: str
    retry: bool
    errors: tuple[errors.FieldError, ...]
    request_id: str | None = None
    links: int | None = None
    """How many links a change would make unavailable."""


def refused(refusal: errors.Refusal) -> web.Response:
    """The answer to a refusal."""
    status = STATUS[type(refusal)]
    problem = Problem(
        type=f"/problems/{refusal.code}",
        title=refusal.sentence,
        status=status,
        detail=refusal.detail,
        retry=refusal.retry,
        errors=refusal.errors if isinstance(refusal, errors.Invalid) else (),
        links=refusal.links if isinstance(refusal, errors.WouldBreakLinks) else None,
    )
    return _answer(problem, refusal_headers(refusal, status))


def internal(request_id: str) -> web.Response:
    """The answer to an error of our own: nothing of what happened inside."""
    return _answer(
        Problem(
            type="/problems/internal",
            title="Something went wrong on this server.",
            status=HTTPStatus.INTERNAL_SERVER_ERROR,
            detail="Something went wrong on this server. Its administrator finds it by the request id.",
            retry=False,
            errors=(),
            request_id=request_id,
        )
    )


def unnamed(status: int, headers: dict[str, str] | None = None) -> web.Response:
    """The answer to what HTTP itself refuses and we have no code for (RFC 9457, 4.2.1)."""
    phrase = HTTPStatus(status).phrase
    return _answer(
        Problem(type="about:blank", title=phrase, status=status, detail=phrase, retry=False, errors=()),
        headers,
    )


def refusal_headers(refusal: errors.Refusal, status: HTTPStatus) -> dict[str, str]:
    """The headers that go with a refusal, whatever form it is told in."""
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
