"""Sign in with Google, and ask for more scopes: OpenID Connect's code flow with PKCE, state and nonce.

https://developers.google.com/identity/openid-connect/openid-connect
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import msgspec

from admitone.google.certificates import Certificates
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from admitone.google.http import send
from admitone.google.id_token import GoogleIdentity, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiohttp

    from admitone.google.endpoints import GoogleEndpoints

SCOPE = "openid email profile"


class SignInAttempt(msgspec.Struct, frozen=True):
    """The secrets that the browser of a sign-in must bring back, sealed; each has 256 random bits."""

    state: str
    nonce: str
    verifier: str


def new_attempt() -> SignInAttempt:
    """A new random attempt."""
    return SignInAttempt(*(secrets.token_urlsafe(32) for _ in range(3)))


class Granted(msgspec.Struct, frozen=True):
    """The person and what they allowed; the refresh token is not encrypted here."""

    identity: GoogleIdentity
    refresh_token: str
    scopes: frozenset[str]


class GoogleSignIn:
    """Signs people in for one OAuth client; `http` is the process's session, which its owner closes."""

    def __init__(
        self, http: aiohttp.ClientSession, endpoints: GoogleEndpoints, *, client_id: str, client_secret: str
    ) -> None:
        self._http = http
        self._endpoints = endpoints
        self._client_id = client_id
        self._client_secret = client_secret
        self._certificates = Certificates(http, endpoints.certificates)

    @property
    def origin(self) -> str:
        """The origin of the page on which people choose their account."""
        address = urlsplit(self._endpoints.authorization)
        return f"{address.scheme}://{address.netloc}"

    def authorization_url(
        self,
        attempt: SignInAttempt,
        redirect_uri: str,
        *,
        login_hint: str | None = None,
        scopes: Sequence[str] = (),
    ) -> str:
        """The address to send the browser to; `redirect_uri` is registered with Google and used again later.

        With `scopes`, the person is also asked for these, besides what they allowed before. `connect` handles
        the result.
        """
        parameters = {
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": " ".join((SCOPE, *scopes)),
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": _challenge(attempt.verifier),
            "code_challenge_method": "S256",
            "prompt": "select_account",
        }
        if scopes:
            # Google gives a refresh token only for a new consent.
            parameters |= {"prompt": "consent", "access_type": "offline", "include_granted_scopes": "true"}
        if login_hint is not None:
            parameters["login_hint"] = login_hint
        return f"{self._endpoints.authorization}?{urlencode(parameters)}"

    async def identify(self, code: str, attempt: SignInAttempt, redirect_uri: str) -> GoogleIdentity:
        """The person who came back with `code`; the caller has compared the state.

        Raises `GoogleRefused` if Google refuses or the id token is not valid, `GoogleUnreachable` if Google
        does not answer. A code can be used once, so after either the person signs in again.
        """
        tokens = await self._exchange(code, attempt, redirect_uri)
        return await self._verified(tokens, attempt)

    async def connect(self, code: str, attempt: SignInAttempt, redirect_uri: str) -> Granted:
        """The person and the scopes they granted, perhaps fewer than requested; otherwise as `identify`."""
        tokens = await self._exchange(code, attempt, redirect_uri)
        identity = await self._verified(tokens, attempt)
        if tokens.refresh_token is None:
            raise GoogleRefused("refresh-token")
        return Granted(identity, tokens.refresh_token, frozenset(tokens.scope.split()))

    async def _exchange(self, code: str, attempt: SignInAttempt, redirect_uri: str) -> _Tokens:
        answer = await send(
            self._http,
            "POST",
            self._endpoints.token,
            form={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": redirect_uri,
                "code_verifier": attempt.verifier,
                "client_id": self._client_id,
                "client_secret": self._client_secret,
            },
        )
        return _tokens(answer.status, answer.body)

    async def _verified(self, tokens: _Tokens, attempt: SignInAttempt) -> GoogleIdentity:
        return await verify(
            tokens.id_token, self._certificates, client_id=self._client_id, nonce=attempt.nonce
        )


class _Tokens(msgspec.Struct):
    id_token: str
    refresh_token: str | None = None
    scope: str = ""


class _Error(msgspec.Struct):
    error: str


def _tokens(status: int, body: bytes) -> _Tokens:
    try:
        if status == 200:  # noqa: PLR2004
            return msgspec.json.decode(body, type=_Tokens)
        reason = msgspec.json.decode(body, type=_Error).error
    except msgspec.DecodeError:
        raise GoogleUnreachable(f"no sense in an answer of status {status}") from None
    raise GoogleRefused(reason if reason in _ERRORS else "token-endpoint")


# RFC 6749, section 5.2, and Google's own codes; nothing else of an answer reaches our logs.
_ERRORS = frozenset(
    (
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "redirect_uri_mismatch",
        "unauthorized_client",
        "unsupported_grant_type",
    )
)


def _challenge(verifier: str) -> str:
    """The S256 challenge (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
