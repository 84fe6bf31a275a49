"""The page of an invitation: `/invite/TOKEN`. Its form alone starts the sign-in that accepts it.

Nobody is signed in yet, so no session has a CSRF token. The page gives the browser a cookie with a random
text, and the form a hash of it. Another site can neither read that cookie nor make a browser send it with a
form, so it cannot draw a person into a workspace by an invitation that it knows.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from admitone.domain.errors import CsrfMissing
from admitone.usecases.accounts.invitation_accept import show_invitation
from admitone.web.http.appkeys import GOOGLE, SERVICES
from admitone.web.http.cookies import bound_name, set_cookie
from admitone.web.http.headers import with_forms_to
from admitone.web.http.html import respond_page
from admitone.web.http.posted_form import read_posted
from admitone.web.http.session_cookie import csrf_token, refuse_forged
from admitone.web.oauth.google_sign_in import begin

if TYPE_CHECKING:
    from aiohttp import web

LIFETIME = 86_400
"""Seconds for which the page can stay open before its button is pressed."""
COOKIE = "admitone_invited"
SECRET_BYTES = 16


async def show(request: web.Request) -> web.Response:
    """Show who invites whom into which workspace; looking does not accept the invitation."""
    token = request.match_info["token"]
    invited = await show_invitation(request.app[SERVICES], token)
    secret = _secret(request) or secrets.token_hex(SECRET_BYTES)
    google = request.app.get(GOOGLE)
    context = {
        "invited": invited,
        "action": request.path,
        "csrf": csrf_token(f"{secret} {token}") if google else None,
    }
    page = respond_page(request, "dashboard/invitation.html", context)
    if google is None:
        return page
    set_cookie(request, page, _name(request), secret, max_age=LIFETIME)
    return with_forms_to(page, google.origin)


async def accept(request: web.Request) -> web.StreamResponse:
    """Send the browser to Google, to sign in and join; raises CsrfMissing, InvitationGone."""
    token = request.match_info["token"]
    secret = _secret(request)
    if not secret:  # without it, anybody could compute the hash
        raise CsrfMissing
    await refuse_forged(request, f"{secret} {token}")
    await show_invitation(request.app[SERVICES], token)
    timezone = str((await read_posted(request)).get("timezone", ""))
    return begin(request, invitation=token, timezone=timezone)


def _secret(request: web.Request) -> str:
    """The random text in the browser's cookie; empty if it has none."""
    return request.cookies.get(_name(request), "")


def _name(request: web.Request) -> str:
    return bound_name(request, COOKIE)
