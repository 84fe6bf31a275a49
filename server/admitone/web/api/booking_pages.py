"""Booking pages: `/api/v1/booking-pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import SlugInUse, WouldBreakLinks
from admitone.domain.pages.booking_page import BookingPageBody
from admitone.usecases.pages.booking_page_create import create_booking_page
from admitone.usecases.pages.booking_page_update import update_booking_page
from admitone.usecases.pages.booking_page_view import BookingPageView, view_booking_page
from admitone.usecases.pages.breaking_links import Confirmation
from admitone.usecases.pages.config_delete import delete_booking_page
from admitone.usecases.shared.config_change import existing
from admitone.usecases.shared.config_list import ListQuery, list_config
from admitone.usecases.shared.listing import Page
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import convert, no_content, query, read_json, read_patch, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("booking_page_list", Page[BookingPageView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the workspace's booking pages, oldest first."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await list_config(services, caller, "booking_page", query(request, ListQuery))
    return respond_json(
        Page([view_booking_page(services, record) for record in page.items], page.next_cursor)
    )


@operation("booking_page_create", BookingPageView, body=BookingPageBody, status=201, refuses=(SlugInUse,))
async def create(request: web.Request) -> web.Response:
    """Create a booking page."""
    body = await read_json(request, BookingPageBody)
    answer = await create_booking_page(request.app[SERVICES], request[CALLER], body)
    return respond_json(answer, 201)


@operation("booking_page_get", BookingPageView)
async def get(request: web.Request) -> web.Response:
    """Show a booking page."""
    record = await existing(request[CALLER], "booking_page", request.match_info["id"])
    return respond_json(view_booking_page(request.app[SERVICES], record))


@operation(
    "booking_page_update",
    BookingPageView,
    patch=BookingPageBody,
    query=Confirmation,
    refuses=(SlugInUse, WouldBreakLinks),
)
async def update(request: web.Request) -> web.Response:
    """Change a booking page by a merge patch (RFC 7396)."""
    patch, confirm = await read_patch(request), query(request, Confirmation).confirm
    services, record = request.app[SERVICES], request.match_info["id"]
    return respond_json(
        await update_booking_page(services, request[CALLER], record, patch, convert, confirm=confirm)
    )


@operation("booking_page_delete", status=204, query=Confirmation, refuses=(WouldBreakLinks,))
async def delete(request: web.Request) -> web.Response:
    """Delete a booking page."""
    confirm = query(request, Confirmation).confirm
    await delete_booking_page(
        request.app[SERVICES], request[CALLER], request.match_info["id"], confirm=confirm
    )
    return no_content()
