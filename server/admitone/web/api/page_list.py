"""GET /api/v1/pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.listing import Page
from admitone.usecases.page_list import SharedPage, list_shared_pages
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[SharedPage])
async def handle(request: web.Request) -> web.Response:
    """List everything that the caller can share, their own first."""
    return respond_json(Page(await list_shared_pages(request.app[SERVICES], request[CALLER]), None))
