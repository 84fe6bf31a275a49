"""GET /dashboard/master-pages/{id}/times"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.appkeys import CALLER
from admitone.web.dashboard.master_page_edit import master_page_of
from admitone.web.dashboard.page_names import page_path
from admitone.web.dashboard.page_times import show_times

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Say of each time of one day whether customers can book it, and who is in the way in each place."""
    page = await master_page_of(request)
    edit_at = f"{page_path(page)}/edit" if request[CALLER].is_administrator else None
    return await show_times(request, page, None, edit_at)
