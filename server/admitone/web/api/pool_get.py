"""GET /api/v1/pools/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_change import existing
from admitone.usecases.pool_view import PoolView, view_pool
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(PoolView)
async def handle(request: web.Request) -> web.Response:
    """Show a resource pool."""
    record = await existing(request[CALLER], "pool", request.match_info["id"])
    return respond_json(view_pool(request.app[SERVICES], record))
