"""Id tokens with Google's claims, and forged ones on request.

https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import jwt
import msgspec

from admitone.fakegoogle.clock import now
from admitone.fakegoogle.oauth.authorization_request import ALIASES
from admitone.fakegoogle.oauth.keys import SigningKey

if TYPE_CHECKING:
    from collections.abc import Collection

    from admitone.fakegoogle.control.faults import Forgery
    from admitone.fakegoogle.records import Account

ISSUER = "https://accounts.google.com"
LIFETIME_SECONDS = 3600


def claims_for(
    account: Account, client_id: str, scopes: Collection[str], *, nonce: str | None, access_token: str
) -> dict[str, Any]:
    """The claims about `account` that `scopes` allow."""
    issued = int(now())
    digest = hashlib.sha256(access_token.encode()).digest()
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "azp": client_id,
        "aud": client_id,
        "sub": account.subject,
        "at_hash": _base64url(digest[:16]),
        "iat": issued,
        "exp": issued + LIFETIME_SECONDS,
    }
    if nonce is not None:
        claims["nonce"] = nonce
    return {**claims, **profile_of(account, scopes)}


def profile_of(account: Account, scopes: Collection[str]) -> dict[str, Any]:
    """The claims about the person, which userinfo also answers."""
    claims: dict[str, Any] = {}
    if account.hd is not None:
        claims["hd"] = account.hd
    if ALIASES["email"] in scopes:
        claims |= {"email": account.email, "email_verified": account.email_verified}
    if ALIASES["profile"] in scopes:
        given, _, family = account.name.partition(" ")
        claims |= {
            "name": account.name,
            "given_name": given,
            "family_name": family,
            "picture": f"https://lh3.googleusercontent.com/a/{account.subject}=s96-c",
            "locale": account.locale,
        }
    return claims


def sign(claims: dict[str, Any], keys: list[SigningKey], forgery: Forgery | None = None) -> str:
    """The signed token in compact form; `forgery` forges it."""
    key = keys[-1]
    if forgery is None:
        return _rs256(claims, key, key.kid)
    claims = {name: value for name, value in {**claims, **forgery.claims}.items() if value is not None}
    if forgery.algorithm == "none":
        return jwt.encode(claims, "", algorithm="none", headers={"kid": key.kid})
    if forgery.algorithm == "HS256":
        return _hs256(claims, key)
    if forgery.key == "current":
        return _rs256(claims, key, key.kid)
    other = SigningKey.generate()
    return _rs256(claims, other, other.kid if forgery.key == "other" else key.kid)


def _rs256(claims: dict[str, Any], key: SigningKey, kid: str) -> str:
    return jwt.encode(claims, key.private_key, algorithm="RS256", headers={"kid": kid})


def _hs256(claims: dict[str, Any], key: SigningKey) -> str:
    """A token signed with HS256 and the public key as secret: the known algorithm confusion.

    It is built by hand because pyjwt refuses to.
    """
    header = {"alg": "HS256", "typ": "JWT", "kid": key.kid}
    signed = ".".join(_base64url(msgspec.json.encode(part)) for part in (header, claims))
    signature = hmac.digest(key.public_pem, signed.encode(), "sha256")
    return f"{signed}.{_base64url(signature)}"


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
