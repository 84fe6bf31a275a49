"""GET /dashboard/master-pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_queue import page_queues
from admitone.usecases.target_read import read_target
from admitone.web.appkeys import CALLER, CONFIG
from admitone.web.dashboard.master_page_edit import master_page_of
from admitone.web.dashboard.one_time import why_no_one_time
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show a master page: its address, its rules, and whose turn it is."""
    caller = request[CALLER]
    page = await master_page_of(request)
    context = {
        "room": "pages",
        "page": page,
        "queues": await page_queues(caller, page),
        "why_not": why_no_one_time(await read_target(caller.snapshot, page.id)),
        "public_url": request.app[CONFIG].public_url,
    }
    return await show(request, "master_page", context)
