"""A grant: what a user allowed an app to do, from the authorisation code to the last refresh token.

All tokens of one sign-in are a family, and the grant names the one that is good now. Whoever presents
another one of the family holds a copy, so that the family ends (RFC 9700, section 4.14.2). One exception: a
refresh token that was turned in less than a minute ago, by an app that was stopped before it kept the
successor, gets that same successor again for as long as nobody has used it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from enum import Enum

import msgspec

from admitone.domain import tokens

CODE_SECONDS = 60
GRACE_SECONDS = 60
REFRESH_SECONDS = 90 * 86_400
"""How long a refresh token may lie unused."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in of an app. Times are epoch seconds; `current` and `previous` are addresses of tokens.

    The token that is good now is `current`: at first the code, then one refresh token after another. It ends
    at `until`.
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


class Standing(Enum):
    """What a presented token is to its grant."""

    GOOD = "good"
    TURNED = "turned"  # its successor is known and unused
    REUSED = "reused"
    OVER = "over"


def standing(grant: Grant, presented: str, now: int) -> Standing:
    """What the token whose address is `presented` is to its grant."""
    if grant.until <= now:
        return Standing.OVER
    if presented == grant.current:
        return Standing.GOOD
    was_turned_lately = presented == grant.previous and now - grant.turned_at < GRACE_SECONDS
    return Standing.TURNED if was_turned_lately else Standing.REUSED


def exchanged(grant: Grant, refresh_token: str, now: int) -> Grant:
    """The grant after its code was exchanged; a code leaves nothing behind, so there is no grace for it."""
    return msgspec.structs.replace(grant, current=refresh_address(refresh_token), until=now + REFRESH_SECONDS)


def turned(grant: Grant, refresh_token: str, now: int) -> Grant:
    """The grant after its refresh token was turned in for `refresh_token`."""
    return msgspec.structs.replace(
        grant,
        current=refresh_address(refresh_token),
        previous=grant.current,
        turned_at=now,
        until=now + REFRESH_SECONDS,
    )


def proves(grant: Grant, verifier: str) -> bool:
    """Whether `verifier` is what the grant's challenge was made of (RFC 7636, section 4.6)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(challenge, grant.challenge)


def code_address(code: str) -> str:
    """The address of a code, which is its grant's id as well: a code that is replayed finds its family."""
    return tokens.address("oauth_code", code)


def refresh_address(refresh_token: str) -> str:
    """The address of a refresh token."""
    return tokens.address("refresh_token", refresh_token)


def grant_of(refresh_token: str) -> str:
    """The id of the grant that a normalised refresh token belongs to, which it names."""
    return refresh_token[tokens.WORKSPACE_LENGTH : tokens.WORKSPACE_LENGTH + tokens.ID_LENGTH].lower()
