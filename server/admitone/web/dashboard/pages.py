"""GET /dashboard/pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.target import is_available
from admitone.usecases.booking_page_all import all_booking_pages
from admitone.usecases.target_read import read_targets
from admitone.usecases.user_names import user_names
from admitone.web.appkeys import CALLER, CONFIG, SERVICES
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """List booking pages, the caller's own first."""
    caller = request[CALLER]
    pages = await all_booking_pages(request.app[SERVICES], caller)
    targets = await read_targets(caller.snapshot, [page.id for page in pages])
    return await show(
        request,
        "pages",
        {
            "room": "pages",
            "part": "pages",
            "pages": pages,
            "one_time": {page for page, target in targets.items() if is_available(target, None)},
            "names": await user_names(caller, [page.owner for page in pages]),
            "public_url": request.app[CONFIG].public_url,
        },
    )
