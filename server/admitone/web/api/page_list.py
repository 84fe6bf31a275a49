"""GET /api/v1/pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.listing import Page
from admitone.usecases.page_list import list_shared_pages
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """List everything that the caller can share, their own first."""
    return respond_json(Page(await list_shared_pages(request.app[SERVICES], request[CALLER]), None))
