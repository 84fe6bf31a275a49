"""A grant: the permission of a user for an app, from the authorisation code to the last refresh token.

All tokens of one sign-in are a family, and the grant names the one that is valid now. Whoever presents
another token of the family has a copy, so the whole family is revoked (RFC 9700, section 4.14.2). One
exception: a refresh token that was exchanged less than a minute ago returns its successor again until
somebody has used that, since the app may have been stopped before it stored the successor.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from enum import Enum

import msgspec

from admitone.domain import tokens
from admitone.domain.people.seen import Seen

CODE_SECONDS = 60
GRACE_SECONDS = 60
REFRESH_SECONDS = 90 * 86_400
"""For how long an unused refresh token stays valid."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in of an app. Times are epoch seconds; `current` and `previous` are addresses of tokens.

    `current` is the token that is valid now, until `until`: first the code, then one refresh token after
    another. `epoch` is the user's at the time of the consent.
    """

    user: str
    client: str
    redirect_uri: str
    challenge: str
    created_at: int
    until: int
    current: str
    previous: str | None = None
    turned_at: int = 0
    epoch: int = 0
    seen: Seen = Seen()
    """Where tokens were last issued to; that was at `turned_at`, if the app has asked for more since."""

    @property
    def is_exchanged(self) -> bool:
        """Whether the app has exchanged the code for tokens."""
        return self.until > self.created_at + CODE_SECONDS


class TokenState(Enum):
    """The state of a presented token."""

    GOOD = "good"
    TURNED = "turned"  # exchanged a moment ago, its successor is unused
    REUSED = "reused"
    OVER = "over"


def token_state(grant: Grant, presented: str, now: int) -> TokenState:
    """The state of the token whose address is `presented`."""
    if grant.until <= now:
        return TokenState.OVER
    if presented == grant.current:
        return TokenState.GOOD
    was_turned_lately = presented == grant.previous and now - grant.turned_at < GRACE_SECONDS
    return TokenState.TURNED if was_turned_lately else TokenState.REUSED


def exchanged(grant: Grant, refresh_token: str, now: int, seen: Seen) -> Grant:
    """The grant after its code was exchanged; `previous` stays None, so a code has no grace period."""
    return msgspec.structs.replace(
        grant,
        current=refresh_address(refresh_token),
        until=now + REFRESH_SECONDS,
        seen=seen,
    )


def turned(grant: Grant, refresh_token: str, now: int, seen: Seen) -> Grant:
    """The grant after its refresh token was exchanged for `refresh_token`."""
    return msgspec.structs.replace(
        grant,
        current=refresh_address(refresh_token),
        previous=grant.current,
        turned_at=now,
        until=now + REFRESH_SECONDS,
        seen=seen,
    )


def proves(grant: Grant, verifier: str) -> bool:
    """Whether the grant's challenge was made from `verifier` (RFC 7636, section 4.6)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(challenge, grant.challenge)


def code_address(code: str) -> str:
    """The address of a code. It is the grant's id as well, so that a replayed code finds its family."""
    return tokens.address("oauth_code", code)


def refresh_address(refresh_token: str) -> str:
    """The address of a refresh token."""
    return tokens.address("refresh_token", refresh_token)


def grant_of(refresh_token: str) -> str:
    """The id of a refresh token's grant, which is a part of the (normalised) token."""
    return refresh_token[tokens.WORKSPACE_LENGTH : tokens.WORKSPACE_LENGTH + tokens.ID_LENGTH].lower()
