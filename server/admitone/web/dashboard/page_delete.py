"""POST /dashboard/pages/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_delete import delete_booking_page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete a booking page."""
    await delete_booking_page(request.app[SERVICES], request[CALLER], request.match_info["id"], confirm=True)
    return lead_to("/dashboard/pages", said="deleted")
