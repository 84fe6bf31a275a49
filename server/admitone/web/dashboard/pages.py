"""GET /dashboard/pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_page_all import all_booking_pages
from admitone.usecases.user_names import user_names
from admitone.web.appkeys import CALLER, CONFIG, SERVICES
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """List booking pages, the caller's own first."""
    caller = request[CALLER]
    pages = await all_booking_pages(request.app[SERVICES], caller)
    return await show(
        request,
        "pages",
        {
            "room": "pages",
            "part": "pages",
            "pages": pages,
            "names": await user_names(caller, [page.owner for page in pages]),
            "public_url": request.app[CONFIG].public_url,
        },
    )
