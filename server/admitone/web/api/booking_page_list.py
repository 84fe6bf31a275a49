"""GET /api/v1/booking-pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.booking_page_view import BookingPageView, view_booking_page
from admitone.usecases.config_list import ListQuery, list_config
from admitone.usecases.listing import Page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[BookingPageView], query=ListQuery)
async def handle(request: web.Request) -> web.Response:
    """List the workspace's booking pages, oldest first."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await list_config(services, caller, "booking_page", query(request, ListQuery))
    return respond_json(
        Page([view_booking_page(services, record) for record in page.items], page.next_cursor)
    )
