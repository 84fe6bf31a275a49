"""Sign out: `/auth/sign-out`."""

from __future__ import annotations

from aiohttp import web

from admitone.store.records.sessions import delete_session
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.session_cookie import clear_session, session_token


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session, for every holder of its cookie."""
    if token := session_token(request):
        await delete_session(request.app[SERVICES].store, token)
    response = web.Response(status=303, headers={"Location": "/"})
    clear_session(request, response)
    return response
