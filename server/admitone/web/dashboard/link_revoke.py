"""POST /dashboard/links/{link}/revoke"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.link_revoke import revoke_link
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.link import path_of
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Revoke a link."""
    await revoke_link(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="revoked")
