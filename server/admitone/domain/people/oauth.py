"""The requests of `/oauth/authorize` and `/oauth/token`, and their errors (RFC 6749, OAuth 2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

CLIENT_ID = "admitone-extension"
RESPONSE_TYPE = "code"
CHALLENGE_METHOD = "S256"
LONGEST_STATE = 500

Parameters = Mapping[str, Sequence[str]]
"""All values of each parameter."""
ErrorCode = Literal[
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "unsupported_grant_type",
    "unsupported_response_type",
]
_STATE = re.compile(rf"[ -~]{{1,{LONGEST_STATE}}}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)  # SHA-256 in base64url (RFC 7636, section 4.2)


class OAuthError(Exception):
    """An error with one of OAuth's codes (RFC 6749, 4.1.2.1 and 5.2); a `Refusal` has codes of ours."""

    def __init__(self, error: ErrorCode, description: str) -> None:
        self.error = error
        self.description = description
        super().__init__(error)


class AuthorizationRequest(msgspec.Struct, frozen=True):
    """A checked request of `/oauth/authorize`."""

    redirect_uri: str
    challenge: str
    state: str


def app_redirect(given: Parameters, registered: Sequence[str]) -> str | None:
    """The address to redirect to, or None if client or address is not registered: then never redirect."""
    if list(given.get("client_id", ())) != [CLIENT_ID]:
        return None
    match given.get("redirect_uri", ()):
        case [address] if address in registered:
            return address
    return None


def read_authorization(given: Parameters, redirect_uri: str) -> AuthorizationRequest:
    """The request of a registered app with a registered `redirect_uri`; raises OAuthError."""
    response_type = one(given, "response_type")
    if response_type != RESPONSE_TYPE:
        raise OAuthError("unsupported_response_type", "response_type must be code.")
    challenge = one(given, "code_challenge")
    if not _CHALLENGE.fullmatch(challenge):
        raise OAuthError("invalid_request", "code_challenge must be 43 characters of base64url.")
    if one(given, "code_challenge_method") != CHALLENGE_METHOD:
        raise OAuthError("invalid_request", "code_challenge_method must be S256.")
    one(given, "state")
    state = state_of(given)
    if state is None:
        raise OAuthError("invalid_request", f"state must be at most {LONGEST_STATE} ASCII characters.")
    return AuthorizationRequest(redirect_uri, challenge, state)


def state_of(given: Parameters) -> str | None:
    """The state that the answer must repeat, or None if it is missing or malformed."""
    match given.get("state", ()):
        case [state] if _STATE.fullmatch(state):
            return state
    return None


def one(given: Parameters, name: str) -> str:
    """The value of a required parameter; raises OAuthError."""
    value = optional(given, name)
    if value is None:
        raise OAuthError("invalid_request", f"{name} is missing.")
    return value


def optional(given: Parameters, name: str) -> str | None:
    """The value of a parameter, or None if it is missing or empty (RFC 6749, 3.1); raises OAuthError."""
    values = given.get(name, ())
    if len(values) > 1:
        raise OAuthError("invalid_request", f"{name} is given more than once.")
    return values[0] or None if values else None


def refuse_other_client(client_id: str | None) -> None:
    """Raise OAuthError if `client_id` is given and is not registered."""
    if client_id not in {None, CLIENT_ID}:
        raise OAuthError("invalid_client", "There is no client with this client_id.")
