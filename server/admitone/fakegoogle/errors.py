"""Errors in the wording and JSON shapes of Google.

Calendar's are at https://developers.google.com/workspace/calendar/api/guides/errors; those with a `status`
come from the front end that all Google APIs share (google.rpc.Status).
"""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An error of a Google API: an HTTP status, a reason for programs, a message for people."""

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: str | None = None,
        location_type: str = "parameter",
        canonical: str | None = None,
        details: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        entry = {"message": message, "domain": domain, "reason": reason}
        if location is not None:
            entry |= {"location": location, "locationType": location_type}
        error: dict[str, Any] = {"code": status, "message": message, "errors": [entry]}
        if canonical is not None:
            error["status"] = canonical
        if details is not None:
            error["details"] = details
        self.body = {"error": error}


class OAuthError(Exception):
    """An error of an OAuth endpoint (RFC 6749, section 5.2)."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.status = status
        self.body = {"error": error, "error_description": description}


class AuthorizationError(Exception):
    """An error that the consent page shows to the person; Google never redirects with it."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.status = status
        self.error = error
        self.description = description


class AnswerLost(Exception):  # noqa: N818  - an event, not an error
    """The connection ends without an answer."""


def bad_request(message: str, *, reason: str = "invalid", location: str | None = None) -> ApiError:
    """400 in the older JSON shape, which Calendar uses."""
    return ApiError(400, reason, message, location=location)


def invalid_argument(message: str, *, field: str | None = None) -> ApiError:
    """400 of the shared front end, with the name of the field."""
    violation = {"description": message} if field is None else {"field": field, "description": message}
    return ApiError(
        400,
        "invalidArgument" if field is None else "invalid",
        message,
        canonical="INVALID_ARGUMENT",
        details=[{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}],
    )


def unauthenticated() -> ApiError:
    """401: the access token is missing, unknown, expired or revoked."""
    return ApiError(
        401,
        "authError",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other"
        " valid authentication credential. See"
        " https://developers.google.com/identity/sign-in/web/devconsole-project.",
        location="Authorization",
        location_type="header",
        canonical="UNAUTHENTICATED",
        headers={
            "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"',
        },
    )


def insufficient_scopes(method_id: str, scopes: frozenset[str]) -> ApiError:
    """403: the token has none of `scopes`; one of them would be enough."""
    service = "calendar-json" if method_id.startswith("calendar.") else "gmail"
    return ApiError(
        403,
        "insufficientPermissions",
        "Request had insufficient authentication scopes.",
        canonical="PERMISSION_DENIED",
        details=[
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
                "metadata": {"service": f"{service}.googleapis.com", "method": method_id},
            }
        ],
        headers={
            "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="insufficient_scope",'
            f' scope="{" ".join(sorted(scopes))}"',
        },
    )


def not_found() -> ApiError:
    """404: the calendar, event or channel does not exist, or the account may not know that it exists."""
    return ApiError(404, "notFound", "Not Found")


def time_range_empty() -> ApiError:
    """400: the end is not after the start."""
    return ApiError(
        400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar", location="timeMax"
    )


def rate_limited(retry_after: int | None) -> ApiError:
    """429; `retry_after` in seconds."""
    return ApiError(
        429,
        "rateLimitExceeded",
        "Rate Limit Exceeded",
        domain="usageLimits",
        canonical="RESOURCE_EXHAUSTED",
        headers={} if retry_after is None else {"Retry-After": str(retry_after)},
    )


def quota_exceeded() -> ApiError:
    """403 for an exceeded quota; a later retry helps. Google uses it for some quotas in place of 429."""
    return ApiError(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain="usageLimits")


def backend_error(status: int = 500) -> ApiError:
    """500 or 503."""
    if status == 503:  # noqa: PLR2004
        return ApiError(503, "backendError", "The service is currently unavailable.", canonical="UNAVAILABLE")
    return ApiError(500, "backendError", "Backend Error")


def not_implemented(what: str) -> ApiError:
    """501, which Google never answers: the stand-in does not implement this."""
    return ApiError(
        501, "notImplemented", f"fakegoogle does not implement {what}.", canonical="UNIMPLEMENTED"
    )
