"""The parameters of the authorisation URL, checked as Google checks them.

https://developers.google.com/identity/openid-connect/openid-connect#authenticationuriparameters
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from admitone.fakegoogle.api.discovery import known_scopes
from admitone.fakegoogle.errors import AuthorizationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from multidict import MultiMapping

    from admitone.fakegoogle.records import Client

# fmt: off
PARAMETERS = frozenset((
    "access_type", "client_id", "code_challenge", "code_challenge_method", "display",
    "enable_granular_consent", "hd", "include_granted_scopes", "login_hint", "nonce", "prompt",
    "redirect_uri", "response_type", "scope", "state",
))
# fmt: on
ALIASES = {
    "email": "https://www.googleapis.com/auth/userinfo.email",
    "profile": "https://www.googleapis.com/auth/userinfo.profile",
}
_CHALLENGE = {"S256": re.compile(r"[A-Za-z0-9_-]{43}"), "plain": re.compile(r"[A-Za-z0-9._~-]{43,128}")}


class AuthorizationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A valid request; `scopes` are Google's full names, in the order of the request."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str
    offline: bool
    include_granted_scopes: bool
    prompts: frozenset[str]
    login_hint: str | None
    hd: str | None


def parse(query: MultiMapping[str], clients: Mapping[str, Client]) -> AuthorizationRequest:
    """The request in `query`. Raises `AuthorizationError` for the first error that Google would show."""
    for name in query:
        if len(query.getall(name)) > 1:
            raise _invalid(f"OAuth 2 parameters can only have a single value: {name}")
    redirect_uri = _redirect_uri(query, clients)
    for name in sorted(set(query) - PARAMETERS):
        raise _invalid(f"Parameter not allowed for this message type: {name}")
    response_type = _required(query, "response_type")
    if response_type != "code":
        raise AuthorizationError("unsupported_response_type", f"Invalid response_type: {response_type}")
    scopes = _scopes(query)
    nonce = query.get("nonce")
    if "openid" in scopes and not nonce:
        raise _invalid("Missing required parameter: nonce")
    method = _choice(query, "code_challenge_method", ("plain", "S256")) or "plain"
    challenge = query.get("code_challenge")
    if challenge is not None and not _CHALLENGE[method].fullmatch(challenge):
        raise _invalid("Invalid code_challenge")
    if challenge is None and "code_challenge_method" in query:
        raise _invalid("Missing required parameter: code_challenge")
    _choice(query, "display", ("page", "popup", "touch", "wap"))
    _choice(query, "enable_granular_consent", ("true", "false"))
    return AuthorizationRequest(
        client_id=query["client_id"],
        redirect_uri=redirect_uri,
        scopes=scopes,
        state=query.get("state"),
        nonce=nonce,
        code_challenge=challenge,
        code_challenge_method=method,
        offline=_choice(query, "access_type", ("online", "offline")) == "offline",
        include_granted_scopes=_choice(query, "include_granted_scopes", ("true", "false")) == "true",
        prompts=_prompts(query),
        login_hint=query.get("login_hint"),
        hd=query.get("hd"),
    )


def _redirect_uri(query: MultiMapping[str], clients: Mapping[str, Client]) -> str:
    client = clients.get(_required(query, "client_id"))
    if client is None:
        raise AuthorizationError("invalid_client", "The OAuth client was not found.", status=401)
    redirect_uri = _required(query, "redirect_uri")
    if redirect_uri not in client.redirect_uris:
        raise AuthorizationError(
            "redirect_uri_mismatch",
            "The redirect URI in the request does not match the ones authorized for the OAuth client:"
            f" {redirect_uri}",
        )
    return redirect_uri


def _scopes(query: MultiMapping[str]) -> tuple[str, ...]:
    asked = _required(query, "scope").split(" ")
    scopes = dict.fromkeys(ALIASES.get(scope, scope) for scope in asked if scope)
    unknown = [scope for scope in scopes if scope not in known_scopes()]
    if unknown or not scopes:
        raise AuthorizationError(
            "invalid_scope", f"Some requested scopes were invalid. {{invalid=[{', '.join(unknown)}]}}"
        )
    return tuple(scopes)


def _prompts(query: MultiMapping[str]) -> frozenset[str]:
    prompts = frozenset(query.get("prompt", "").split())
    if prompts - {"none", "consent", "select_account"} or ("none" in prompts and len(prompts) > 1):
        raise _invalid(f"Invalid parameter value for prompt: Invalid prompt: {query['prompt']}")
    return prompts


def _required(query: MultiMapping[str], name: str) -> str:
    value = query.get(name)
    if not value:
        raise _invalid(f"Missing required parameter: {name}")
    return value


def _choice(query: MultiMapping[str], name: str, values: tuple[str, ...]) -> str | None:
    value = query.get(name)
    if value is not None and value not in values:
        raise _invalid(f"Invalid parameter value for {name}: {value}")
    return value


def _invalid(description: str) -> AuthorizationError:
    return AuthorizationError("invalid_request", description)
