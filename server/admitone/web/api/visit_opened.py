"""POST /api/v1/book/{code}/opened"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_open import open_link
from admitone.usecases.visit import open_visit
from admitone.web.appkeys import SERVICES
from admitone.web.body import no_content
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(status=204)
async def handle(request: web.Request) -> web.Response:
    """Note that a person touched the page."""
    services = request.app[SERVICES]
    await open_link(services, await open_visit(services, request.match_info["code"]))
    return no_content()
