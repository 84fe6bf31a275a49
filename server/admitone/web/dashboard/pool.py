"""GET /dashboard/pools/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_queue import pool_queues
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.page_choices import chosen_rows, page_choices
from admitone.web.dashboard.pool_edit import pool_of
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show a pool: its members in order, and whose turn it is wherever it is used."""
    services, caller = request.app[SERVICES], request[CALLER]
    pool = await pool_of(request)
    members = [(member.page, str(member.priority)) for member in pool.members]
    rows, _ = chosen_rows(await page_choices(services, caller), members)
    context = {
        "room": "pages",
        "pool": pool,
        "rows": rows,
        "queues": await pool_queues(services, caller, pool),
    }
    return await show(request, "pool", context)
