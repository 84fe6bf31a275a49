"""HTTP handlers of the OAuth endpoints, except the consent page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from admitone.fakegoogle.appkeys import STATE
from admitone.fakegoogle.errors import ApiError, OAuthError
from admitone.fakegoogle.oauth import token_requests, tokens
from admitone.fakegoogle.oauth.authorization_request import ALIASES
from admitone.fakegoogle.oauth.id_tokens import ISSUER, profile_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.fakegoogle.control.faults import Fault
    from admitone.fakegoogle.state import State

CERTIFICATES_SECONDS = 20000  # about what Google answers
_NO_STORE = {"Cache-Control": "no-cache, no-store, max-age=0, must-revalidate", "Pragma": "no-cache"}
_CACHEABLE = {"Cache-Control": f"public, max-age={CERTIFICATES_SECONDS}, must-revalidate, no-transform"}


async def token(request: web.Request) -> web.Response:
    """POST `/token`."""
    state = request.app[STATE]
    form = await _form(request)
    account = token_requests.account_in(state.data, form)

    def work(fault: Fault | None) -> dict[str, Any]:
        forgery = fault.forgery if fault is not None and fault.kind == "forged_id_token" else None
        return token_requests.exchange(state, form, request.headers.get("Authorization"), forgery)

    return await _answer(state, "oauth2.token", account, work)


async def revoke(request: web.Request) -> web.Response:
    """POST `/revoke`: end the grant of an access or refresh token, with all its tokens."""
    state = request.app[STATE]
    presented = (await _form(request)).get("token") or request.query.get("token", "")
    known = tokens.live_access_token(state.data, presented) or state.data.refresh_tokens.get(presented)

    def work(_: Fault | None) -> dict[str, Any]:
        if known is None:
            raise OAuthError("invalid_token", "Token expired or revoked")
        tokens.revoke(state.data, known.client_id, known.account)
        return {}

    return await _answer(state, "oauth2.revoke", known.account if known else None, work)


async def userinfo(request: web.Request) -> web.Response:
    """GET or POST `/v1/userinfo`: the claims about the account of an access token."""
    state = request.app[STATE]
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    known = tokens.live_access_token(state.data, presented) if scheme.lower() == "bearer" else None

    def work(_: Fault | None) -> dict[str, Any]:
        if known is None:
            raise OAuthError("invalid_request", "Invalid Credentials", status=401)
        if not {"openid", *ALIASES.values()}.intersection(known.scopes):
            raise OAuthError(
                "insufficient_scope", "Request had insufficient authentication scopes.", status=403
            )
        account = state.data.accounts[known.account]
        return {"sub": account.subject, **profile_of(account, known.scopes)}

    return await _answer(state, "oauth2.userinfo", known.account if known else None, work)


async def jwks(request: web.Request) -> web.Response:
    """GET `/oauth2/v3/certs`: the public keys as a JWK set."""
    state = request.app[STATE]

    def work(_: Fault | None) -> dict[str, Any]:
        return {"keys": [key.jwk() for key in state.keys]}

    return await _answer(state, "oauth2.certs", None, work, headers=_CACHEABLE)


async def certificates(request: web.Request) -> web.Response:
    """GET `/oauth2/v1/certs`: the public keys as certificates, by key id."""
    state = request.app[STATE]

    def work(_: Fault | None) -> dict[str, Any]:
        return {key.kid: key.certificate() for key in state.keys}

    return await _answer(state, "oauth2.certs", None, work, headers=_CACHEABLE)


async def configuration(request: web.Request) -> web.Response:
    """GET `/.well-known/openid-configuration`; the issuer is Google's, the endpoints are ours."""
    here = str(request.url.origin())
    document = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{here}/o/oauth2/v2/auth",
        "token_endpoint": f"{here}/token",
        "userinfo_endpoint": f"{here}/v1/userinfo",
        "revocation_endpoint": f"{here}/revoke",
        "jwks_uri": f"{here}/oauth2/v3/certs",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email", "profile"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "claims_supported": [
            *("aud", "email", "email_verified", "exp", "family_name", "given_name"),
            *("iat", "iss", "name", "picture", "sub"),
        ],
        "code_challenge_methods_supported": ["plain", "S256"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
    }
    return _json(document, headers=_CACHEABLE)


async def _answer(
    state: State,
    method: str,
    account: str | None,
    work: Callable[[Fault | None], dict[str, Any]],
    *,
    headers: dict[str, str] = _NO_STORE,
) -> web.Response:
    fault = state.faults.take(method, account)
    if fault is not None and fault.kind == "garbage":
        return web.Response(text="<!doctype html><title>Error</title>", content_type="text/html")
    if fault is not None and fault.kind == "revoked_grant" and account is not None:
        tokens.revoke_account(state.data, account)
    try:
        return _json(await state.faults.around(fault, lambda: work(fault)), headers=headers)
    except OAuthError as error:
        return _json(error.body, status=error.status, headers=_NO_STORE)
    except ApiError as error:
        body = {"error": _FAULT_NAMES[error.status], "error_description": str(error)}
        return _json(body, status=error.status, headers={**_NO_STORE, **error.headers})


_FAULT_NAMES = {
    403: "rate_limit_exceeded",
    429: "rate_limit_exceeded",
    500: "internal_failure",
    503: "backend_error",
}


async def _form(request: web.Request) -> Mapping[str, str]:
    """The form's fields, without those that occur twice (RFC 6749, section 3.2)."""
    form = await request.post()
    return {name: str(form[name]) for name in form if len(form.getall(name)) == 1}


def _json(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(body), status=status, content_type="application/json", headers=headers
    )
