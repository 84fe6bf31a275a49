"""Resource pools: `/api/v1/pools`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import WouldBreakLinks
from admitone.domain.pages.pool import PoolBody
from admitone.usecases.pages.breaking_links import Confirmation
from admitone.usecases.pages.config_delete import delete_pool
from admitone.usecases.pages.pool_create import create_pool
from admitone.usecases.pages.pool_update import update_pool
from admitone.usecases.pages.pool_view import PoolView, view_pool
from admitone.usecases.shared.config_change import existing
from admitone.usecases.shared.config_list import ListQuery, list_config
from admitone.usecases.shared.listing import Page
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import convert, no_content, query, read_json, read_patch, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("pool_list", Page[PoolView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the workspace's resource pools, oldest first."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await list_config(services, caller, "pool", query(request, ListQuery))
    return respond_json(Page([view_pool(services, record) for record in page.items], page.next_cursor))


@operation("pool_create", PoolView, body=PoolBody, status=201)
async def create(request: web.Request) -> web.Response:
    """Create a resource pool."""
    body = await read_json(request, PoolBody)
    return respond_json(await create_pool(request.app[SERVICES], request[CALLER], body), 201)


@operation("pool_get", PoolView)
async def get(request: web.Request) -> web.Response:
    """Show a resource pool."""
    record = await existing(request[CALLER], "pool", request.match_info["id"])
    return respond_json(view_pool(request.app[SERVICES], record))


@operation("pool_update", PoolView, patch=PoolBody, query=Confirmation, refuses=(WouldBreakLinks,))
async def update(request: web.Request) -> web.Response:
    """Change a resource pool by a merge patch (RFC 7396)."""
    patch, confirm = await read_patch(request), query(request, Confirmation).confirm
    services, record = request.app[SERVICES], request.match_info["id"]
    return respond_json(await update_pool(services, request[CALLER], record, patch, convert, confirm=confirm))


@operation("pool_delete", status=204, query=Confirmation, refuses=(WouldBreakLinks,))
async def delete(request: web.Request) -> web.Response:
    """Delete a resource pool."""
    confirm = query(request, Confirmation).confirm
    await delete_pool(request.app[SERVICES], request[CALLER], request.match_info["id"], confirm=confirm)
    return no_content()
