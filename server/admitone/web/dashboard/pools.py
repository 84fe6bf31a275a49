"""GET /dashboard/pools"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import all_config
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """List resource pools."""
    pools = await all_config(request.app[SERVICES], request[CALLER], "pool")
    return await show(request, "pools", {"room": "pages", "part": "pools", "pools": pools})
