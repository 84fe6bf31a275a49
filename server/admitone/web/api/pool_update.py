"""PATCH /api/v1/pools/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.pool import PoolBody
from admitone.usecases.breaking_links import Confirmation
from admitone.usecases.pool_update import update_pool
from admitone.usecases.pool_view import PoolView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, query, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(PoolView, patch=PoolBody, query=Confirmation)
async def handle(request: web.Request) -> web.Response:
    """Change a resource pool by a merge patch (RFC 7396)."""
    patch, confirm = await read_patch(request), query(request, Confirmation).confirm
    services, record = request.app[SERVICES], request.match_info["id"]
    return respond_json(await update_pool(services, request[CALLER], record, patch, convert, confirm=confirm))
