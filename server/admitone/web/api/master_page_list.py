"""GET /api/v1/master-pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery, list_config
from admitone.usecases.listing import Page
from admitone.usecases.master_page_view import MasterPageView, view_master_page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[MasterPageView], query=ListQuery)
async def handle(request: web.Request) -> web.Response:
    """List the workspace's master pages, oldest first."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await list_config(services, caller, "master_page", query(request, ListQuery))
    return respond_json(Page([view_master_page(services, record) for record in page.items], page.next_cursor))
