"""POST /api/v1/master-pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.master_page import MasterPageBody
from admitone.usecases.master_page_create import create_master_page
from admitone.usecases.master_page_view import MasterPageView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(MasterPageView, body=MasterPageBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Create a master page."""
    body = await read_json(request, MasterPageBody)
    return respond_json(await create_master_page(request.app[SERVICES], request[CALLER], body), 201)
