"""GET /api/v1/pools"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery, list_config
from admitone.usecases.listing import Page
from admitone.usecases.pool_view import PoolView, view_pool
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[PoolView], query=ListQuery)
async def handle(request: web.Request) -> web.Response:
    """List the workspace's resource pools, oldest first."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await list_config(services, caller, "pool", query(request, ListQuery))
    return respond_json(Page([view_pool(services, record) for record in page.items], page.next_cursor))
