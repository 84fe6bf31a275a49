"""POST /api/v1/links/batch"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.link import BatchBody
from admitone.usecases.link_create import create_link_batch
from admitone.usecases.link_view import LinkView
from admitone.usecases.listing import Items
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Items[LinkView], body=BatchBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Create a one-time link for each of many people, all or none."""
    body = await read_json(request, BatchBody)
    items = await create_link_batch(request.app[SERVICES], request[CALLER], body)
    return respond_json(Items(items), 201)
