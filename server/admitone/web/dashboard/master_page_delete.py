"""POST /dashboard/master-pages/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_delete import delete_master_page
from admitone.web.dashboard.confirm import delete_or_ask

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete a master page."""
    return await delete_or_ask(request, delete_master_page, room="pages", list_at="/dashboard/master-pages")
