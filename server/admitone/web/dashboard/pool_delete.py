"""POST /dashboard/pools/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_delete import delete_pool
from admitone.web.dashboard.confirm import delete_or_ask

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete a pool."""
    return await delete_or_ask(request, delete_pool, room="pages", list_at="/dashboard/pools")
