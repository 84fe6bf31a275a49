"""The end of connecting a Google account, a part of `/auth/google/callback`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from yarl import URL

from admitone.domain.errors import SignInExpired
from admitone.google.scopes import reads_busy, sends_mail, writes_events
from admitone.texts.message import message
from admitone.usecases.google.google_connect import connect_google
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.caller import find_caller
from admitone.web.oauth.google_client import google_of, is_denied, redirect_uri, use_code

if TYPE_CHECKING:
    from admitone.store.records.credentials.google_connections import Connection
    from admitone.web.oauth.attempt_cookie import Begun


async def finish_connecting(request: web.Request, begun: Begun) -> web.Response:
    """Store what the user allowed; raises SignInExpired if another user is signed in by now."""
    caller = await find_caller(request)
    if caller.user.id != begun.connecting:
        raise SignInExpired
    if is_denied(request):
        return _back(begun, "google-cancelled")
    granted = await use_code(
        request,
        lambda code: google_of(request).connect(code, begun.attempt, redirect_uri(request)),
        "google-connect-failed",
        message("Google did not say what you allowed. Connect it again."),
    )
    connection = await connect_google(
        request.app[SERVICES], caller.workspace, caller.user, granted, address=caller.address
    )
    return _back(begun, "google-nothing" if connection is None else _connected(connection))


def _connected(connection: Connection) -> str:
    """The notice about what works now: people may untick boxes on Google's page."""
    scopes = connection.scopes
    if reads_busy(scopes) is not writes_events(scopes):
        return "google-part"
    if reads_busy(scopes):
        return "google-connected" if sends_mail(scopes) else "google-calendar"
    return "google-mail"


def _back(begun: Begun, said: str) -> web.Response:
    to = URL(begun.next, encoded=True).update_query(said=said)
    return web.Response(status=303, headers={"Location": str(to)})
