"""GET /dashboard/pools/new"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.dashboard.pool_edit import show_form
from admitone.web.dashboard.pool_form import PoolForm

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show the form of a new pool."""
    return await show_form(request, None, PoolForm())
