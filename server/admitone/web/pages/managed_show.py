"""GET /manage/{token}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.managed import open_managed
from admitone.web.appkeys import SERVICES
from admitone.web.pages.managed_page import respond_managed

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show a booking to its customer."""
    return await respond_managed(
        request, await open_managed(request.app[SERVICES], request.match_info["token"])
    )
