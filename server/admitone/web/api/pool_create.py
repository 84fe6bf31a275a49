"""POST /api/v1/pools"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.pool import PoolBody
from admitone.usecases.pool_create import create_pool
from admitone.usecases.pool_view import PoolView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(PoolView, body=PoolBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Create a resource pool."""
    body = await read_json(request, PoolBody)
    return respond_json(await create_pool(request.app[SERVICES], request[CALLER], body), 201)
