"""GET /api/v1/me"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.me_read import MeView, read_me
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(MeView)
async def handle(request: web.Request) -> web.Response:
    """Show who is calling."""
    return respond_json(await read_me(request.app[SERVICES], request[CALLER]))
