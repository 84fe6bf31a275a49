"""Signing in with Google: OpenID Connect's code flow with PKCE, state and nonce.

https://developers.google.com/identity/openid-connect/openid-connect
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from admitone.google.certificates import Certificates
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from admitone.google.http import send
from admitone.google.id_token import verify

if TYPE_CHECKING:
    import aiohttp

    from admitone.google.endpoints import GoogleEndpoints
    from admitone.google.id_token import GoogleIdentity

SCOPE = "openid email profile"


class SignInAttempt(msgspec.Struct, frozen=True):
    """What the browser that began a sign-in must bring back, sealed; each 256 random bits."""

    state: str
    nonce: str
    verifier: str


def new_attempt() -> SignInAttempt:
    """An attempt that nobody can guess."""
    return SignInAttempt(*(secrets.token_urlsafe(32) for _ in range(3)))


class GoogleSignIn:
    """Signs people in for one OAuth client; `http` is the process's session, closed by its owner."""

    def __init__(
        self, http: aiohttp.ClientSession, endpoints: GoogleEndpoints, *, client_id: str, client_secret: str
    ) -> None:
        self._http = http
        self._endpoints = endpoints
        self._client_id = client_id
        self._client_secret = client_secret
        self._certificates = Certificates(http, endpoints.certificates)

    def authorization_url(
        self, attempt: SignInAttempt, redirect_uri: str, *, login_hint: str | None = None
    ) -> str:
        """Where to send the browser; `redirect_uri` is registered with Google and repeated to `identify`."""
        parameters = {
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": _challenge(attempt.verifier),
            "code_challenge_method": "S256",
            "prompt": "select_account",
        }
        if login_hint is not None:
            parameters["login_hint"] = login_hint
        return f"{self._endpoints.authorization}?{urlencode(parameters)}"

    async def identify(self, code: str, attempt: SignInAttempt, redirect_uri: str) -> GoogleIdentity:
        """Who came back with `code`; the caller has compared the state that came with it.

        Raises `GoogleRefused` when Google refuses or the id token does not hold, `GoogleUnreachable` when
        there is no telling; a code is good once, so after either the person signs in again.
        """
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
        token = _id_token(answer.status, answer.body)
        return await verify(token, self._certificates, client_id=self._client_id, nonce=attempt.nonce)


class _Tokens(msgspec.Struct):
    id_token: str


class _Error(msgspec.Struct):
    error: str


def _id_token(status: int, body: bytes) -> str:
    try:
        if status == 200:  # noqa: PLR2004
            return msgspec.json.decode(body, type=_Tokens).id_token
        reason = msgspec.json.decode(body, type=_Error).error
    except msgspec.DecodeError:
        raise GoogleUnreachable(f"no sense in an answer of status {status}") from None
    raise GoogleRefused(reason if reason in _ERRORS else "token-endpoint")


# RFC 6749, section 5.2, and Google's own; nothing else of what came reaches our logs.
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
