"""Id tokens: one that Google signed for us and for this sign-in identifies a person until it expires.

https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from google.auth import exceptions, jwt, transport
from google.oauth2.id_token import verify_token

from admitone.google.errors import GoogleRefused
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.google.certificates import Certificates

ISSUER = "https://accounts.google.com"
ISSUERS = (ISSUER, "accounts.google.com")  # Google uses both
CLOCK_SKEW_SECONDS = 10


class GoogleIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """A person at Google; (`issuer`, `subject`) identifies them, everything else may change.

    `email_verified` is always true here; `hd` is the Workspace domain, None for a personal account.
    """

    issuer: str
    subject: str
    email: str
    email_verified: bool
    hd: str | None
    name: str | None
    locale: str | None


async def verify(token: str, certificates: Certificates, *, client_id: str, nonce: str) -> GoogleIdentity:
    """Verify an id token and return the person.

    Raises `GoogleRefused` with the reason, `GoogleUnreachable` if the certificates cannot be fetched.
    """
    claims = await signed_claims(token, certificates, _Claims)
    if claims.aud != client_id or claims.azp not in (None, client_id):
        raise GoogleRefused("audience")
    if not hmac.compare_digest(claims.nonce.encode(), nonce.encode()):
        raise GoogleRefused("nonce")
    return identity_in(claims)


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What every id token says that we take; `aud` is for whom it was made."""

    iss: str
    aud: str
    sub: str
    email: str
    email_verified: bool
    azp: str | None = None
    hd: str | None = None
    name: str | None = None
    locale: str | None = None


class _Claims(Claims, frozen=True, kw_only=True):
    nonce: str


AnyClaims = TypeVar("AnyClaims", bound=Claims)


async def signed_claims(token: str, certificates: Certificates, shape: type[AnyClaims]) -> AnyClaims:
    """What a token says that Google signed and that has not expired; for whom it is, the caller checks.

    Raises `GoogleRefused` with the reason, `GoogleUnreachable` if the certificates cannot be fetched.
    """
    known = await certificates.for_key(_key_id(token))
    # This makes no network call: the certificates are here, and one RSA verification takes a tenth of a
    # millisecond, less than the use of a thread.
    claims = _verified(token, known, certificates.url, shape)
    if claims.iss not in ISSUERS:
        raise GoogleRefused("issuer")
    return claims


def identity_in(claims: Claims) -> GoogleIdentity:
    """The person whom the claims name; raises `GoogleRefused` unless Google has verified their address."""
    if not claims.email_verified:
        raise GoogleRefused(
            "unverified-address", message("Google has not verified the address of this account.")
        )
    return GoogleIdentity(
        issuer=ISSUER,
        subject=claims.sub,
        email=claims.email,
        email_verified=True,
        hd=claims.hd,
        name=claims.name,
        locale=claims.locale,
    )


def _key_id(token: str) -> str | None:
    """The id of the key in the token's header; refuses algorithms other than RS256, which Google uses."""
    try:
        header = jwt.decode_header(token)  # type: ignore[no-untyped-call]
    except (exceptions.GoogleAuthError, ValueError):
        raise GoogleRefused("id-token") from None
    if header.get("alg") != "RS256":
        raise GoogleRefused("id-token")
    key_id = header.get("kid")
    return key_id if isinstance(key_id, str) else None


def _verified(token: str, certificates: dict[str, str], url: str, shape: type[AnyClaims]) -> AnyClaims:
    try:
        claims = verify_token(
            token, _AtHand(certificates), certs_url=url, clock_skew_in_seconds=CLOCK_SKEW_SECONDS
        )
        return msgspec.convert(claims, shape)
    except (exceptions.GoogleAuthError, ValueError, TypeError):
        raise GoogleRefused("id-token") from None


class _AtHand(transport.Request):
    """The transport from which google-auth takes certificates: it answers with the cached ones."""

    def __init__(self, certificates: dict[str, str]) -> None:
        self._certificates = certificates

    def __call__(self, *_: Any, **__: Any) -> transport.Response:
        return _Certificates(msgspec.json.encode(self._certificates))


class _Certificates(transport.Response):
    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def status(self) -> int:
        return 200

    @property
    def headers(self) -> Mapping[str, str]:
        return {}

    @property
    def data(self) -> bytes:
        return self._data
