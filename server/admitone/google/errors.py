"""Errors of calls to Google, as refusals with stable codes; `reason` is for logs and tests."""

from __future__ import annotations

from admitone.domain.errors import Kind, Refusal
from admitone.texts.message import message

RATE_LIMITS = frozenset(
    (
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "dailyLimitExceeded",
        "RATE_LIMIT_EXCEEDED",
    )
)
"""The reasons of a 403 that a later retry can solve.

https://developers.google.com/workspace/calendar/api/guides/errors
"""


class GoogleRefused(Refusal):
    """Google refused a sign-in, or a call, which then did nothing.

    `reason` holds no personal data. For a sign-in it is `authorization` (Google sent the browser back
    without a code), `id-token`, `issuer`, `audience`, `nonce`, `unverified-address`, `token-endpoint`,
    `refresh-token` (there was none), or Google's own error code (`invalid_grant`, `invalid_client`, …). For a
    call it is the reason in Google's error body (notFound, duplicate, …), with the HTTP status and the
    seconds of Retry-After.
    """

    code = "google-refused"
    kind = Kind.BAD_REQUEST
    sentence = message("Google did not confirm who you are. Sign in again.")

    def __init__(
        self,
        reason: str,
        sentence: str | None = None,
        *,
        status: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.reason = reason
        self.status = status
        self.retry_after = retry_after
        super().__init__(sentence)

    @property
    def is_rate_limit(self) -> bool:
        """Whether the same call may succeed later."""
        return self.status == 429 or (self.status == 403 and self.reason in RATE_LIMITS)  # noqa: PLR2004


class CalendarClosed(Exception):  # noqa: N818 - the name says what happened
    """The calendar does not exist, or cannot be written to."""


class GoogleUnreachable(Refusal):
    """Google did not answer in time, answered with a fault of its own (5xx), or with nonsense.

    The request may have been carried out.
    """

    code = "google-unreachable"
    kind = Kind.UNAVAILABLE
    sentence = message("Google cannot be reached at present. Try again in a moment.")
    retry = True

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()


class GrantRevoked(Refusal):
    """The user's grant has ended (`invalid_grant`), or does not include what is needed (`scope`)."""

    code = "google-reconnect"
    kind = Kind.CONFLICT
    sentence = message("Access to Google was withdrawn, or has lapsed. Reconnect Google in the settings.")

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()


def raise_for_fault(status: int) -> None:
    """Raise GoogleUnreachable for an HTTP status with which Google says that a later retry may succeed."""
    if status >= 500 or status == 429:  # noqa: PLR2004
        raise GoogleUnreachable(f"status {status}")
