"""Access tokens: JWTs (RFC 9068), valid for fifteen minutes, that name the user for whom an app acts."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import jwt
import msgspec

from admitone.domain import tokens
from admitone.domain.errors import Unauthenticated
from admitone.domain.people.oauth import CLIENT_ID

if TYPE_CHECKING:
    from admitone.domain.people.grant import Grant
    from admitone.usecases.shared.services import Services

LIFETIME = 900
"""Seconds."""
CLOCK_SKEW = 60
"""Seconds by which the clocks of two servers may differ."""
ALGORITHM = "EdDSA"
TYPE = "at+jwt"


class AccessClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What an access token says; `sid` is its grant, so that the token ends with it. Times: epoch seconds.

    `epoch` is the grant's: see `User.epoch`.
    """

    iss: str
    aud: str
    sub: str
    client_id: str
    workspace: str
    sid: str
    epoch: int
    iat: int
    exp: int
    jti: str


async def make_access_token(services: Services, workspace: str, grant_id: str, grant: Grant) -> str:
    """A token that acts for the user of `grant`; raises Busy."""
    now = services.now()
    claims = AccessClaims(
        iss=services.public_url,
        aud=audience(services),
        sub=grant.user,
        client_id=CLIENT_ID,
        workspace=workspace,
        sid=grant_id,
        epoch=grant.epoch,
        iat=now,
        exp=now + LIFETIME,
        jti=secrets.token_hex(8),
    )
    key = await services.store.signing_keys.signing(now)
    headers = {"kid": key.id, "typ": TYPE}
    return jwt.encode(msgspec.to_builtins(claims), key.private, algorithm=ALGORITHM, headers=headers)


async def read_access_token(services: Services, token: str) -> AccessClaims:
    """The claims of a token that this deployment signed for its API and that has not expired.

    The caller must check that the grant still exists and that the user accepts the epoch. Raises
    Unauthenticated.
    """
    try:
        header = jwt.get_unverified_header(token)
        key_id = header.get("kid")
        # Our key decides the algorithm: no header of the token can choose another one.
        key = await services.store.signing_keys.find(key_id) if isinstance(key_id, str) else None
        if key is None or header.get("typ") != TYPE:
            raise Unauthenticated
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=audience(services),
            issuer=services.public_url,
            options={
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },  # checked below, by our clock
        )
        found = msgspec.convert(claims, AccessClaims)
    except (jwt.InvalidTokenError, msgspec.ValidationError):
        raise Unauthenticated from None
    now = services.now()
    is_current = found.iat - CLOCK_SKEW <= now < found.exp == found.iat + LIFETIME
    is_named = tokens.is_workspace(found.workspace) and tokens.is_address(found.sid)
    if not (is_current and is_named and found.client_id == CLIENT_ID):
        raise Unauthenticated
    return found


def audience(services: Services) -> str:
    """The audience of access tokens: this server's API."""
    return f"{services.public_url}/api/v1"
