"""The end of connecting a Google account, a part of `/auth/google/callback`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from yarl import URL

from admitone.domain.errors import SignInExpired
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from admitone.usecases.google.google_connect import connect_google
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.caller import find_caller
from admitone.web.oauth.google_client import google_of, redirect_uri

if TYPE_CHECKING:
    from admitone.google.sign_in import Granted
    from admitone.web.oauth.attempt_cookie import Begun

log = structlog.get_logger()


async def finish_connecting(request: web.Request, begun: Begun) -> web.Response:
    """Store what the user allowed; raises SignInExpired if another user is signed in by now."""
    caller = await find_caller(request)
    if caller.user.id != begun.connecting:
        raise SignInExpired
    if "code" not in request.query and request.query.get("error") == "access_denied":
        return _back(begun, "google-cancelled")
    granted = await _granted(request, begun)
    connection = await connect_google(request.app[SERVICES], caller.workspace, caller.user, granted)
    return _back(begun, "google-nothing" if connection is None else "google-connected")


async def _granted(request: web.Request, begun: Begun) -> Granted:
    try:
        code = request.query.get("code")
        if code is None:
            raise GoogleRefused("authorization", "Google did not say what you allowed. Connect it again.")
        return await google_of(request).connect(code, begun.attempt, redirect_uri(request))
    except (GoogleRefused, GoogleUnreachable) as refusal:
        log.warning("google-connect-failed", code=refusal.code, reason=refusal.reason)
        raise


def _back(begun: Begun, said: str) -> web.Response:
    to = URL(begun.next, encoded=True).update_query(said=said)
    return web.Response(status=303, headers={"Location": str(to)})
