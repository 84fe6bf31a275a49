"""Who is calling: `/api/v1/me`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.accounts.me_read import MeView, read_me
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("me_get", MeView)
async def get(request: web.Request) -> web.Response:
    """Show who is calling."""
    return respond_json(await read_me(request.app[SERVICES], request[CALLER]))
