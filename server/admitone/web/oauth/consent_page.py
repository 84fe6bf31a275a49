"""The page that asks a user whether an app may act for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from admitone.web.http.headers import with_forms_to
from admitone.web.http.html import respond_page
from admitone.web.http.session_cookie import csrf_token, session_token
from admitone.web.oauth.answers import with_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.people.oauth import AuthorizationRequest
    from admitone.usecases.shared.services import Caller

APP = "Admit One for Gmail"
"""The name of our only client, the browser extension."""


async def show_consent(
    request: web.Request,
    caller: Caller,
    asked: AuthorizationRequest,
    *,
    about: Mapping[str, str],
    again: str,
    other: str,
) -> web.Response:
    """The page. `again` is the address of this request, `other` the one that lets choose another account.

    `about` is what the answer to the app says in any case.
    """
    address = urlsplit(asked.redirect_uri)
    context = {
        "app": APP,
        "user": caller.user,
        "workspace": (await caller.snapshot.settings()).name,
        "host": address.netloc,
        "action": again,
        "other": other,
        "refuse": with_parameters(asked.redirect_uri, {"error": "access_denied", **about}),
        "csrf": csrf_token(session_token(request) or ""),
    }
    page = respond_page(request, "dashboard/consent.html", context)
    return with_forms_to(page, f"{address.scheme}://{address.netloc}")
