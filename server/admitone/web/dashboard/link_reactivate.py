"""POST /dashboard/links/{link}/reactivate"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_reactivate import reactivate_link
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.link import path_of
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Reactivate a link."""
    await reactivate_link(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="reactivated")
