"""GET /dashboard/master-pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.target import is_available
from admitone.usecases.config_list import all_config
from admitone.usecases.target_read import read_targets
from admitone.web.appkeys import CALLER, CONFIG, SERVICES
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """List master pages, oldest first."""
    caller = request[CALLER]
    pages = await all_config(request.app[SERVICES], caller, "master_page")
    targets = await read_targets(caller.snapshot, [page.id for page in pages])
    context = {
        "room": "pages",
        "part": "master-pages",
        "pages": pages,
        "one_time": {page for page, target in targets.items() if is_available(target, None)},
        "public_url": request.app[CONFIG].public_url,
    }
    return await show(request, "master_pages", context)
