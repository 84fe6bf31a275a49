"""An app asks for permission to act for a user: `/oauth/authorize`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from admitone.domain.errors import AppUnknown, Unauthenticated
from admitone.domain.people.oauth import (
    CHALLENGE_METHOD,
    CLIENT_ID,
    RESPONSE_TYPE,
    OAuthError,
    app_redirect,
    read_authorization,
    state_of,
)
from admitone.usecases.accounts.oauth_authorize import authorize
from admitone.usecases.accounts.oauth_client import EXTENSION_REDIRECT_URIS
from admitone.web.http.appkeys import CONFIG, SERVICES
from admitone.web.http.caller import find_caller
from admitone.web.http.session_cookie import session_token
from admitone.web.oauth.answers import query_parameters, redirect

if TYPE_CHECKING:
    from admitone.domain.people.oauth import AuthorizationRequest
    from admitone.usecases.shared.services import Caller

CHOOSE_ACCOUNT = "select_account"
"""The `prompt` by which an app lets the person choose another account (OpenID Connect Core, 3.1.2.1)."""


async def show(request: web.Request) -> web.StreamResponse:
    """Send the app a code for the signed-in user; a person who is not signed in signs in with Google first.

    A wrong client or address is an error page for the person: a redirect to an unregistered address would
    send data to whoever wrote it. All other errors go to the app.
    """
    given, config = query_parameters(request), request.app[CONFIG]
    address = app_redirect(given, (*EXTENSION_REDIRECT_URIS, *config.extension_redirect_uris))
    if address is None:
        raise AppUnknown
    state = state_of(given)
    about = {"iss": config.public_url} | ({} if state is None else {"state": state})
    try:
        asked = read_authorization(given, address)
    except OAuthError as error:
        told = {"error": error.error, "error_description": error.description}
        return redirect(address, told | about)
    caller = None if given.get("prompt") == [CHOOSE_ACCOUNT] else await _signed_in(request)
    if caller is None:
        return _sign_in_first(asked)
    code = await authorize(request.app[SERVICES], caller, asked)
    return redirect(address, {"code": code} | about)


async def _signed_in(request: web.Request) -> Caller | None:
    """The user of this browser's session, or None; an Authorization header does not count here."""
    if session_token(request) is None or "Authorization" in request.headers:
        return None
    try:
        return await find_caller(request)
    except Unauthenticated:
        return None


def _sign_in_first(asked: AuthorizationRequest) -> web.Response:
    """Redirect to Google, and then back to this request without `prompt`, which would ask again and again."""
    again = {
        "response_type": RESPONSE_TYPE,
        "client_id": CLIENT_ID,
        "redirect_uri": asked.redirect_uri,
        "code_challenge": asked.challenge,
        "code_challenge_method": CHALLENGE_METHOD,
        "state": asked.state,
    }
    start = urlencode({"next": f"/oauth/authorize?{urlencode(again)}"})
    return web.Response(status=303, headers={"Location": f"/auth/google/start?{start}"})
