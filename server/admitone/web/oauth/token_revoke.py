"""POST /oauth/revoke."""

from __future__ import annotations

from aiohttp import web

from admitone.domain.oauth import OAuthError, one, optional, refuse_other_client
from admitone.usecases.oauth_revoke import revoke_token
from admitone.web.appkeys import SERVICES
from admitone.web.oauth.answers import form_parameters, refused


async def handle(request: web.Request) -> web.StreamResponse:
    """End the family of a token; 200 for one that is unknown as well (RFC 7009, section 2.2)."""
    try:
        given = await form_parameters(request)
        refuse_other_client(optional(given, "client_id"))
        token = one(given, "token")
    except OAuthError as error:
        return refused(error)
    await revoke_token(request.app[SERVICES], token)
    return web.Response()
