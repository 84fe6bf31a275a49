"""The metadata of this authorisation server: `/.well-known/oauth-authorization-server`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.oauth import CHALLENGE_METHOD, RESPONSE_TYPE
from admitone.usecases.accounts.oauth_client import EXTENSION_INTERFACES
from admitone.web.http.appkeys import CONFIG
from admitone.web.http.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def get(request: web.Request) -> web.StreamResponse:
    """Answer the metadata that apps need (RFC 8414), and which versions of our extension it serves."""
    issuer = request.app[CONFIG].public_url
    return respond_json(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/oauth/authorize",
            "token_endpoint": f"{issuer}/oauth/token",
            "revocation_endpoint": f"{issuer}/oauth/revoke",
            "response_types_supported": [RESPONSE_TYPE],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": [CHALLENGE_METHOD],
            "token_endpoint_auth_methods_supported": ["none"],
            "revocation_endpoint_auth_methods_supported": ["none"],
            "authorization_response_iss_parameter_supported": True,
            "admitone_extension_interfaces": EXTENSION_INTERFACES,
        }
    )
