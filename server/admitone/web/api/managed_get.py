"""GET /api/v1/manage/{token}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_view import ManageView
from admitone.usecases.managed import open_managed, view_managed
from admitone.web.appkeys import SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(ManageView)
async def handle(request: web.Request) -> web.Response:
    """Show a booking to its customer."""
    services = request.app[SERVICES]
    managed = await open_managed(services, request.match_info["token"])
    return respond_json(await view_managed(services, managed))
