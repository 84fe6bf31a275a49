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
from admitone.web.http.appkeys import CALLER, CONFIG, SERVICES
from admitone.web.http.caller import find_caller
from admitone.web.http.session_cookie import session_token
from admitone.web.oauth.answers import query_parameters, redirect
from admitone.web.oauth.consent_cookie import is_consent_remembered, remember_consent
from admitone.web.oauth.consent_page import show_consent

if TYPE_CHECKING:
    from admitone.domain.people.oauth import AuthorizationRequest
    from admitone.usecases.shared.services import Caller

PATH = "/oauth/authorize"
CHOOSE_ACCOUNT = "select_account"
"""The `prompt` by which an app lets the person choose another account (OpenID Connect Core, 3.1.2.1)."""


async def show(request: web.Request) -> web.StreamResponse:
    """Ask the signed-in user whether the app may act for them; others sign in with Google first.

    If this browser remembers the user's consent, a GET sends the app a code. A HEAD never does: link previews
    send it.
    """
    asked = _asked(request)
    if isinstance(asked, web.Response):
        return asked
    chooses = query_parameters(request).get("prompt") == [CHOOSE_ACCOUNT]
    caller = None if chooses else await _signed_in(request)
    again = f"{PATH}?{urlencode(_parameters(asked))}"
    if caller is None:
        return web.Response(
            status=303, headers={"Location": f"/auth/google/start?{urlencode({'next': again})}"}
        )
    if request.method == "GET" and is_consent_remembered(request, caller, asked):
        return await _send_back(request, caller, asked, status=302)
    other = f"{again}&{urlencode({'prompt': CHOOSE_ACCOUNT})}"
    return await show_consent(request, caller, asked, about=_about(request), again=again, other=other)


async def allow(request: web.Request) -> web.StreamResponse:
    """The user allows the app: send it a code, and remember that in this browser."""
    asked = _asked(request)
    if isinstance(asked, web.Response):
        return asked
    caller = request[CALLER]
    response = await _send_back(request, caller, asked, status=303)
    remember_consent(request, response, caller, asked)
    return response


def _asked(request: web.Request) -> AuthorizationRequest | web.Response:
    """What the app asks for, or the redirect that tells the app what is wrong with it.

    Raises AppUnknown for a wrong client or address, an error page for the person: a redirect to an address
    that is not registered would send data to whoever wrote it.
    """
    given, config = query_parameters(request), request.app[CONFIG]
    address = app_redirect(given, (*EXTENSION_REDIRECT_URIS, *config.extension_redirect_uris))
    if address is None:
        raise AppUnknown
    try:
        return read_authorization(given, address)
    except OAuthError as error:
        told = {"error": error.error, "error_description": error.description}
        return redirect(address, told | _about(request))


async def _send_back(
    request: web.Request, caller: Caller, asked: AuthorizationRequest, *, status: int
) -> web.Response:
    """Send the browser to the app with a code; raises Busy."""
    code = await authorize(request.app[SERVICES], caller, asked)
    return redirect(asked.redirect_uri, {"code": code} | _about(request), status=status)


def _about(request: web.Request) -> dict[str, str]:
    """What every answer to the app says: who answers (RFC 9207), and the app's state."""
    state = state_of(query_parameters(request))
    return {"iss": request.app[CONFIG].public_url} | ({} if state is None else {"state": state})


async def _signed_in(request: web.Request) -> Caller | None:
    """The user of this browser's session, or None; an Authorization header does not count here."""
    if session_token(request) is None or "Authorization" in request.headers:
        return None
    try:
        return await find_caller(request)
    except Unauthenticated:
        return None


def _parameters(asked: AuthorizationRequest) -> dict[str, str]:
    """The parameters of this request, without `prompt`, which would ask again and again."""
    return {
        "response_type": RESPONSE_TYPE,
        "client_id": CLIENT_ID,
        "redirect_uri": asked.redirect_uri,
        "code_challenge": asked.challenge,
        "code_challenge_method": CHALLENGE_METHOD,
        "state": asked.state,
    }
