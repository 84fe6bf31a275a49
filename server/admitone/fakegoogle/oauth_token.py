"""`/token`: a code or a refresh token becomes an access token.

https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from admitone.fakegoogle import id_tokens, tokens
from admitone.fakegoogle.authorization_request import ALIASES
from admitone.fakegoogle.clock import now
from admitone.fakegoogle.errors import OAuthError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.fakegoogle.faults import Forgery
    from admitone.fakegoogle.records import AuthorizationCode, Client, Data
    from admitone.fakegoogle.state import State

# fmt: off
PARAMETERS = {
    "authorization_code": frozenset((
        "grant_type", "code", "redirect_uri", "client_id", "client_secret", "code_verifier",
    )),
    "refresh_token": frozenset(("grant_type", "refresh_token", "client_id", "client_secret", "scope")),
}
# fmt: on


def account_in(data: Data, form: Mapping[str, str]) -> str | None:
    """The account that the request is about, before anything of it is checked."""
    code = data.codes.get(form.get("code", ""))
    token = data.refresh_tokens.get(form.get("refresh_token", ""))
    known = code or token
    return known.account if known is not None else None


def exchange(
    state: State, form: Mapping[str, str], authorization: str | None, forgery: Forgery | None = None
) -> dict[str, Any]:
    """The token answer, or `OAuthError`; `authorization` is the header, `forgery` spoils the id token."""
    grant_type = form.get("grant_type", "")
    if grant_type not in PARAMETERS:
        raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {grant_type}")
    for name in sorted(set(form) - PARAMETERS[grant_type]):
        raise OAuthError("invalid_request", f"Parameter not allowed for this message type: {name}")
    client = _client(state.data, form, authorization)
    if grant_type == "authorization_code":
        return _by_code(state, client, form, forgery)
    return _by_refresh_token(state, client, form, forgery)


def _by_code(
    state: State, client: Client, form: Mapping[str, str], forgery: Forgery | None
) -> dict[str, Any]:
    data = state.data
    presented = _required(form, "code")
    if not presented.startswith("4/"):
        raise OAuthError("invalid_grant", "Malformed auth code.")
    code = data.codes.get(presented)
    if code is None or code.client_id != client.client_id:
        raise OAuthError("invalid_grant", "Bad Request")
    if _required(form, "redirect_uri") != code.redirect_uri:
        raise OAuthError("redirect_uri_mismatch", "Bad Request")
    _check_verifier(code, form.get("code_verifier"))
    del data.codes[presented]
    if code.expires <= now():
        raise OAuthError("invalid_grant", "Bad Request")
    answer = _answer(state, client, code.account, code.scopes, nonce=code.nonce, forgery=forgery)
    if code.refresh:
        answer["refresh_token"] = tokens.issue_refresh_token(
            data, client.client_id, code.account, code.scopes
        )
    return answer


def _by_refresh_token(
    state: State, client: Client, form: Mapping[str, str], forgery: Forgery | None
) -> dict[str, Any]:
    token = state.data.refresh_tokens.get(_required(form, "refresh_token"))
    if token is None:
        raise OAuthError("invalid_grant", "Token has been expired or revoked.")
    if token.client_id != client.client_id:
        raise OAuthError("unauthorized_client", "Unauthorized", status=401)
    scopes: Sequence[str] = token.scopes
    if "scope" in form:
        scopes = [ALIASES.get(scope, scope) for scope in form["scope"].split()]
        if not set(scopes) <= set(token.scopes):
            raise OAuthError("invalid_scope", "Bad Request")
    return _answer(state, client, token.account, scopes, nonce=None, forgery=forgery)


def _answer(
    state: State,
    client: Client,
    account: str,
    scopes: Sequence[str],
    *,
    nonce: str | None,
    forgery: Forgery | None,
) -> dict[str, Any]:
    access_token = tokens.issue_access_token(state.data, client.client_id, account, scopes)
    answer: dict[str, Any] = {
        "access_token": access_token,
        "expires_in": tokens.ACCESS_TOKEN_SECONDS,
        "scope": " ".join(scopes),
        "token_type": "Bearer",
    }
    if "openid" in scopes:
        claims = id_tokens.claims_for(
            state.data.accounts[account], client.client_id, scopes, nonce=nonce, access_token=access_token
        )
        answer["id_token"] = id_tokens.sign(claims, state.keys, forgery)
    return answer


def _client(data: Data, form: Mapping[str, str], authorization: str | None) -> Client:
    client_id, secret = _basic(authorization) if authorization else (None, None)
    client_id = client_id or form.get("client_id")
    secret = secret or form.get("client_secret")
    if not client_id:
        raise OAuthError("invalid_request", "Could not determine client ID from request.")
    client = data.clients.get(client_id)
    if client is None:
        raise OAuthError("invalid_client", "The OAuth client was not found.", status=401)
    if not secret:
        raise OAuthError("invalid_request", "client_secret is missing.")
    if not hmac.compare_digest(secret.encode(), client.client_secret.encode()):
        raise OAuthError("invalid_client", "The provided client secret is invalid.", status=401)
    return client


def _basic(authorization: str) -> tuple[str, str]:
    scheme, _, credentials = authorization.partition(" ")
    try:
        decoded = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        decoded = ""
    client_id, separator, secret = decoded.partition(":")
    if scheme.lower() != "basic" or not separator:
        raise OAuthError("invalid_client", "Malformed authorization header.", status=401)
    return unquote(client_id), unquote(secret)


def _check_verifier(code: AuthorizationCode, verifier: str | None) -> None:
    if code.challenge is None:
        return
    if not verifier:
        raise OAuthError("invalid_grant", "Missing code verifier.")
    proof = verifier
    if code.challenge_method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if not hmac.compare_digest(proof.encode(), code.challenge.encode()):
        raise OAuthError("invalid_grant", "Invalid code verifier.")


def _required(form: Mapping[str, str], name: str) -> str:
    value = form.get(name)
    if not value:
        raise OAuthError("invalid_request", f"Missing required parameter: {name}")
    return value
