"""What can go wrong with Google, as refusals with stable codes; `reason` is for logs and tests."""

from __future__ import annotations

from admitone.domain.errors import Kind, Refusal

RATE_LIMITS = frozenset(
    (
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "dailyLimitExceeded",
        "RATE_LIMIT_EXCEEDED",
    )
)
"""The reasons of a 403 that passes with time (https://developers.google.com/workspace/calendar/api/guides/errors)."""


class GoogleRefused(Refusal):
    """Google said no: to a sign-in, or to a call, which then did nothing.

    `reason` holds no personal data. For a sign-in it is `authorization` (Google sent the browser back
    without a code), `id-token`, `issuer`, `audience`, `nonce`, `unverified-address`, `token-endpoint`,
    `refresh-token` (there was none), or Google's own error code (`invalid_grant`, `invalid_client`, …). For a
    call it is the reason in Google's error body (notFound, duplicate, …), with the HTTP status and the
    seconds of Retry-After.
    """

    code = "google-refused"
    kind = Kind.BAD_REQUEST
    sentence = "Google did not confirm who you are. Sign in again."

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


class CalendarClosed(Exception):  # noqa: N818 - it says what became of the call
    """There is no such calendar, or it may not be written to."""


class GoogleUnreachable(Refusal):
    """Google did not answer, not in time, with a fault of its own (5xx), or nothing that makes sense.

    What was asked for may have been done.
    """

    code = "google-unreachable"
    kind = Kind.UNAVAILABLE
    sentence = "Google cannot be reached at present. Try again in a moment."
    retry = True

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()


class GrantRevoked(Refusal):
    """What the user allowed at Google is over (`invalid_grant`), or does not reach so far (`scope`)."""

    code = "google-reconnect"
    kind = Kind.CONFLICT
    sentence = "Access to Google was withdrawn, or has lapsed. Reconnect Google in the settings."

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()
