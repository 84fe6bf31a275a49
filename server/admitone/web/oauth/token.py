"""Tokens for apps: `/oauth/token` and `/oauth/revoke`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.domain.people.oauth import OAuthError, one, optional, refuse_other_client
from admitone.usecases.accounts.oauth_exchange import exchange_code
from admitone.usecases.accounts.oauth_refresh import refresh_tokens
from admitone.usecases.accounts.oauth_revoke import revoke_token
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.body import respond_json
from admitone.web.http.connections.client_address import seen_by
from admitone.web.oauth.answers import form_parameters, refused

if TYPE_CHECKING:
    from admitone.domain.people.oauth import Parameters
    from admitone.usecases.accounts.oauth_tokens import Tokens


async def exchange(request: web.Request) -> web.StreamResponse:
    """Exchange a code or a refresh token for new tokens."""
    try:
        tokens = await _tokens(request, await form_parameters(request))
    except OAuthError as error:
        return refused(error)
    return respond_json(tokens)


async def _tokens(request: web.Request, given: Parameters) -> Tokens:
    services, seen = request.app[SERVICES], seen_by(request)
    match one(given, "grant_type"):
        case "authorization_code":
            refuse_other_client(one(given, "client_id"))
            code, verifier = one(given, "code"), one(given, "code_verifier")
            return await exchange_code(services, code, verifier, optional(given, "redirect_uri"), seen)
        case "refresh_token":
            refuse_other_client(optional(given, "client_id"))
            return await refresh_tokens(services, one(given, "refresh_token"), seen)
    raise OAuthError("unsupported_grant_type", "grant_type must be authorization_code or refresh_token.")


async def revoke(request: web.Request) -> web.StreamResponse:
    """Revoke the family of a token; an unknown token is answered with 200 as well (RFC 7009, section 2.2)."""
    try:
        given = await form_parameters(request)
        refuse_other_client(optional(given, "client_id"))
        token = one(given, "token")
    except OAuthError as error:
        return refused(error)
    await revoke_token(request.app[SERVICES], token)
    return web.Response()
