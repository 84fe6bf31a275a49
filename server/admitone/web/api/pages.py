"""Every page that the caller can share: `/api/v1/pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.pages.page_list import SharedPage, list_shared_pages
from admitone.usecases.shared.listing import Listing
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("page_list", Listing[SharedPage])
async def list_(request: web.Request) -> web.Response:
    """List everything that the caller can share, their own first."""
    return respond_json(Listing(await list_shared_pages(request.app[SERVICES], request[CALLER]), None))
