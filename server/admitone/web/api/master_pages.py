"""Master pages: `/api/v1/master-pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import SlugInUse, WouldBreakLinks
from admitone.domain.pages.master_page import MasterPageBody
from admitone.usecases.pages.breaking_links import Confirmation
from admitone.usecases.pages.config_delete import delete_master_page
from admitone.usecases.pages.master_page_create import create_master_page
from admitone.usecases.pages.master_page_update import update_master_page
from admitone.usecases.pages.master_page_view import MasterPageView, view_master_page
from admitone.usecases.shared.config_change import existing
from admitone.usecases.shared.config_list import ListQuery, list_config
from admitone.usecases.shared.listing import Page
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import convert, no_content, query, read_json, read_patch, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("master_page_list", Page[MasterPageView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the workspace's master pages, oldest first."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await list_config(services, caller, "master_page", query(request, ListQuery))
    return respond_json(Page([view_master_page(services, record) for record in page.items], page.next_cursor))


@operation("master_page_create", MasterPageView, body=MasterPageBody, status=201, refuses=(SlugInUse,))
async def create(request: web.Request) -> web.Response:
    """Create a master page."""
    body = await read_json(request, MasterPageBody)
    return respond_json(await create_master_page(request.app[SERVICES], request[CALLER], body), 201)


@operation("master_page_get", MasterPageView)
async def get(request: web.Request) -> web.Response:
    """Show a master page."""
    record = await existing(request[CALLER], "master_page", request.match_info["id"])
    return respond_json(view_master_page(request.app[SERVICES], record))


@operation(
    "master_page_update",
    MasterPageView,
    patch=MasterPageBody,
    query=Confirmation,
    refuses=(SlugInUse, WouldBreakLinks),
)
async def update(request: web.Request) -> web.Response:
    """Change a master page by a merge patch (RFC 7396)."""
    patch, confirm = await read_patch(request), query(request, Confirmation).confirm
    services, record = request.app[SERVICES], request.match_info["id"]
    return respond_json(
        await update_master_page(services, request[CALLER], record, patch, convert, confirm=confirm)
    )


@operation("master_page_delete", status=204, query=Confirmation, refuses=(WouldBreakLinks,))
async def delete(request: web.Request) -> web.Response:
    """Delete a master page."""
    confirm = query(request, Confirmation).confirm
    await delete_master_page(
        request.app[SERVICES], request[CALLER], request.match_info["id"], confirm=confirm
    )
    return no_content()
