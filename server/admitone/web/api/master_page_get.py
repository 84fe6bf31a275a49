"""GET /api/v1/master-pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_change import existing
from admitone.usecases.master_page_view import MasterPageView, view_master_page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(MasterPageView)
async def handle(request: web.Request) -> web.Response:
    """Show a master page."""
    record = await existing(request[CALLER], "master_page", request.match_info["id"])
    return respond_json(view_master_page(request.app[SERVICES], record))
