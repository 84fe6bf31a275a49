"""GET /dashboard/master-pages/new"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.dashboard.master_page_edit import show_form
from admitone.web.dashboard.master_page_form import MasterPageForm

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show the form of a new master page."""
    return await show_form(request, None, MasterPageForm())
