"""What can go wrong with Google, as refusals with stable codes."""

from __future__ import annotations

from admitone.domain.errors import Refusal


class GoogleRefused(Refusal):
    """Google did not confirm who the person is, or what it said does not hold.

    `reason` is for logs and tests: `authorization` (Google sent the browser back without a code), `id-token`,
    `issuer`, `audience`, `nonce`, `unverified-address`, `token-endpoint`, or Google's own error code
    (`invalid_grant`, `invalid_client`, …); no personal data.
    """

    code = "google-refused"
    sentence = "Google did not confirm who you are. Sign in again."

    def __init__(self, reason: str, sentence: str | None = None) -> None:
        self.reason = reason
        super().__init__(sentence)


class GoogleUnreachable(Refusal):
    """Google did not answer, not in time, or nothing that makes sense; `reason` is for logs."""

    code = "google-unreachable"
    sentence = "Google cannot be reached at present. Try again in a moment."
    retry = True

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()
