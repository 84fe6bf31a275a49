"""PATCH /api/v1/booking-pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_page_update import update_booking_page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, read_patch, respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change a booking page by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    answer = await update_booking_page(
        request.app[SERVICES], request[CALLER], request.match_info["id"], patch, convert
    )
    return respond_json(answer)
