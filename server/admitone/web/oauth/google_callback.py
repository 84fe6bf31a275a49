"""GET /auth/google/callback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from admitone.domain.errors import SignInCancelled
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from admitone.usecases.invitation_accept import accept_invitation
from admitone.usecases.sign_in import identity_of, sign_in
from admitone.web.appkeys import CONFIG, SERVICES
from admitone.web.oauth.attempt_cookie import clear_attempt, read_attempt
from admitone.web.oauth.google_client import google_of, redirect_uri
from admitone.web.oauth.google_connected import finish_connecting
from admitone.web.session_cookie import set_session

if TYPE_CHECKING:
    from admitone.google.id_token import GoogleIdentity
    from admitone.google.sign_in import SignInAttempt

log = structlog.get_logger()


async def handle(request: web.Request) -> web.StreamResponse:
    """Sign the person in who comes back from Google, if this browser left from here with the same state.

    Or connect their Google account, where they left to do that.
    """
    if request.method == "HEAD":  # whoever looks ahead must not use the code up
        raise web.HTTPMethodNotAllowed(request.method, ["GET"])
    state = request.query.get("state", "")
    begun = read_attempt(request, state)
    if begun.connecting is not None:
        response = await finish_connecting(request, begun)
        clear_attempt(request, response, state)
        return response
    config, services = request.app[CONFIG], request.app[SERVICES]
    identity = identity_of(services, await _identified(request, begun.attempt))
    if begun.invitation is not None:
        token = await accept_invitation(services, identity, begun.invitation)
    else:
        token = await sign_in(services, identity, config.sign_up.value)
    response = web.Response(status=303, headers={"Location": begun.next})
    set_session(request, response, token)
    clear_attempt(request, response, state)
    return response


async def _identified(request: web.Request, attempt: SignInAttempt) -> GoogleIdentity:
    """Whom Google says it is; the operator finds in the log why it says nothing."""
    code = request.query.get("code")
    if code is None and request.query.get("error") == "access_denied":
        raise SignInCancelled
    try:
        if code is None:
            raise GoogleRefused("authorization")
        return await google_of(request).identify(code, attempt, redirect_uri(request))
    except (GoogleRefused, GoogleUnreachable) as refusal:
        log.warning("sign-in-failed", code=refusal.code, reason=refusal.reason)
        raise
