"""GET /auth/google/callback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.domain.errors import SignInCancelled, SignInExpired
from admitone.usecases.sign_in import Identity, sign_in
from admitone.usecases.user_find import normal_address
from admitone.web.appkeys import CONFIG, GOOGLE, SERVICES
from admitone.web.oauth.attempt_cookie import clear_attempt, read_attempt
from admitone.web.session_cookie import set_session

if TYPE_CHECKING:
    from admitone.google.id_token import GoogleIdentity
    from admitone.usecases.services import Services

PATH = "/auth/google/callback"


async def handle(request: web.Request) -> web.StreamResponse:
    """Sign the person in who comes back from Google, if this browser left from here with the same state."""
    state, code = request.query.get("state", ""), request.query.get("code")
    begun = read_attempt(request, state)
    if code is None:
        raise SignInCancelled if request.query.get("error") == "access_denied" else SignInExpired
    config, services = request.app[CONFIG], request.app[SERVICES]
    found = await request.app[GOOGLE].identify(code, begun.attempt, f"{config.public_url}{PATH}")
    token = await sign_in(services, _identity(services, found), config.sign_up.value)
    response = web.Response(status=303, headers={"Location": begun.next})
    set_session(request, response, token)
    clear_attempt(request, response, state)
    return response


def _identity(services: Services, found: GoogleIdentity) -> Identity:
    email = normal_address(services, found.email)
    return Identity(
        issuer=found.issuer,
        subject=found.subject,
        email=email,
        name=found.name or email.partition("@")[0],
        domain=found.hd,
    )
