"""Sign in with Google, and connect a Google account: `/auth/google/start`, `/connect`, `/callback`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from admitone.domain.availability.zones import zone_names
from admitone.domain.errors import SignInCancelled, invalid
from admitone.google.scopes import SCOPES
from admitone.google.sign_in import new_attempt
from admitone.texts.message import message
from admitone.usecases.accounts.first_page import Start
from admitone.usecases.accounts.invitation_accept import accept_invitation
from admitone.usecases.accounts.sign_in import identity_of, sign_in
from admitone.web.http.appkeys import CALLER, CONFIG, SERVICES
from admitone.web.http.connections.client_address import seen_by
from admitone.web.http.local_path import local_path
from admitone.web.http.locale import reader_of
from admitone.web.http.session_cookie import set_session
from admitone.web.oauth.attempt_cookie import clear_attempt, read_attempt, set_attempt
from admitone.web.oauth.google_client import google_of, is_denied, redirect_uri, use_code
from admitone.web.oauth.google_connected import finish_connecting

if TYPE_CHECKING:
    from admitone.google.id_token import GoogleIdentity
    from admitone.google.sign_in import SignInAttempt
    from admitone.usecases.accounts.sign_in import SignedIn
    from admitone.web.oauth.attempt_cookie import Begun

AFTER_SIGN_IN = "/dashboard"
AFTER_CONNECTING = "/dashboard/settings/google"
WELCOME = "/dashboard/welcome"


async def start(request: web.Request) -> web.StreamResponse:
    """Send the browser to Google to sign in, and then to `next`, an address on this server.

    `timezone` is the browser's, for the first page of a new user.
    """
    to = local_path(request.query.get("next", ""), AFTER_SIGN_IN)
    return begin(request, to=to, timezone=request.query.get("timezone", ""))


def begin(
    request: web.Request, *, to: str = AFTER_SIGN_IN, invitation: str | None = None, timezone: str = ""
) -> web.StreamResponse:
    """Send the browser to Google to sign in, and then to `to`; the sign-in accepts `invitation`, a token."""
    attempt = new_attempt()
    url = google_of(request).authorization_url(attempt, redirect_uri(request))
    response = web.Response(status=303, headers={"Location": url})
    known = timezone if timezone in zone_names() else None
    set_attempt(request, response, attempt, to, invitation=invitation, timezone=known)
    return response


async def connect(request: web.Request) -> web.StreamResponse:
    """Send the browser to Google to allow each `service` (`calendar`, `mail`, `drafts`); then to `next`."""
    asked = request.query.getall("service", [])
    if not asked or not SCOPES.keys() >= set(asked):
        raise invalid("service", message("Name what to connect: %(services)s.", services=", ".join(SCOPES)))
    user, attempt = request[CALLER].user, new_attempt()
    url = google_of(request).authorization_url(
        attempt,
        redirect_uri(request),
        login_hint=user.email,
        scopes=[scope for service, scopes in SCOPES.items() if service in asked for scope in scopes],
    )
    response = web.Response(status=303, headers={"Location": url})
    to = local_path(request.query.get("next", ""), AFTER_CONNECTING)
    set_attempt(request, response, attempt, to, connecting=user.id)
    return response


async def callback(request: web.Request) -> web.StreamResponse:
    """Sign in the person who comes back from Google, or connect their account if they left to do that.

    The browser must have left from here with the same state, else SignInExpired.
    """
    if request.method == "HEAD":  # a preview must not use up the code
        raise web.HTTPMethodNotAllowed(request.method, ["GET"])
    state = request.query.get("state", "")
    begun = read_attempt(request, state)
    if begun.connecting is not None:
        response = await finish_connecting(request, begun)
        clear_attempt(request, response, state)
        return response
    signed_in, to = await _signed_in(request, begun)
    if signed_in.is_new:
        to = _welcome(to, begun)
    response = web.Response(status=303, headers={"Location": to})
    set_session(request, response, signed_in.token)
    clear_attempt(request, response, state)
    return response


async def _signed_in(request: web.Request, begun: Begun) -> tuple[SignedIn, str]:
    """The session of the person who comes back, and the address to which they go."""
    config, services, seen = request.app[CONFIG], request.app[SERVICES], seen_by(request)
    identity = identity_of(services, await _identified(request, begun.attempt))
    start = Start(reader_of(request, part="dashboard").language, begun.timezone)
    if begun.invitation is None:
        return await sign_in(services, identity, config.sign_up.value, seen, start), begun.next
    signed_in, has_joined = await accept_invitation(services, identity, begun.invitation, seen, start)
    return signed_in, f"{AFTER_SIGN_IN}?said={'joined' if has_joined else 'joined-before'}"


def _welcome(to: str, begun: Begun) -> str:
    """The address of the welcome, which goes on to `to`; it asks for the zone that no script has told."""
    return f"{WELCOME}?{urlencode({'next': to} | ({} if begun.timezone else {'zone': 'ask'}))}"


async def _identified(request: web.Request, attempt: SignInAttempt) -> GoogleIdentity:
    """The person's identity according to Google; if Google refuses, the reason is in the log."""
    if is_denied(request):
        raise SignInCancelled
    return await use_code(
        request,
        lambda code: google_of(request).identify(code, attempt, redirect_uri(request)),
        "sign-in-failed",
    )
