"""Sign out: `/auth/sign-out`, and everywhere: `/auth/sign-out-everywhere`."""

from __future__ import annotations

from aiohttp import web

from admitone.domain import tokens
from admitone.store.records.credentials.sessions import delete_session, session_id
from admitone.usecases.accounts.sign_out_everywhere import sign_out_everywhere
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.session_cookie import clear_session, session_token
from admitone.web.oauth.consent_cookie import forget_consents


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session, for every holder of its cookie."""
    if token := session_token(request):
        workspace = token[: tokens.WORKSPACE_LENGTH]
        await delete_session(request.app[SERVICES].store, workspace, session_id(token))
    return signed_out(request)


async def everywhere(request: web.Request) -> web.StreamResponse:
    """End all sessions, apps and API keys of the user."""
    await sign_out_everywhere(request.app[SERVICES], request[CALLER])
    return signed_out(request)


def signed_out(request: web.Request) -> web.Response:
    """The answer that takes the session and the consents from the browser."""
    response = web.Response(status=303, headers={"Location": "/"})
    clear_session(request, response)
    forget_consents(request, response)
    return response
