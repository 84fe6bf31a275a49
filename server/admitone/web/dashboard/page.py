"""GET /dashboard/pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Forbidden
from admitone.usecases.config_change import existing
from admitone.usecases.target_read import read_target
from admitone.usecases.user_names import user_names
from admitone.web.appkeys import CALLER, CONFIG
from admitone.web.dashboard.one_time import why_no_one_time
from admitone.web.dashboard.page_form import page_as_form
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.booking_page import BookingPage


async def handle(request: web.Request) -> web.Response:
    """Show one booking page: its address, its event types, its hours."""
    caller = request[CALLER]
    page = await page_of(request)
    target = await read_target(caller.snapshot, page.id)
    names = await user_names(caller, [page.owner])
    return await show(
        request,
        "page",
        {
            "room": "pages",
            "page": page,
            "hours": page_as_form(page),
            "event_types": target.event_types if target else [],
            "host": names.get(page.owner, "somebody who left"),
            "is_host_gone": bool(target and target.owner and not target.owner.active),
            "why_not": why_no_one_time(target),
            "may_change": may_change(request, page),
            "public_url": request.app[CONFIG].public_url,
        },
    )


async def page_of(request: web.Request) -> BookingPage:
    """The page that the address names; raises NotFound."""
    page: BookingPage = await existing(request[CALLER], "booking_page", request.match_info["id"])
    return page


async def own_page(request: web.Request) -> BookingPage:
    """As `page_of`, for who may change it; raises NotFound, Forbidden."""
    page = await page_of(request)
    if not may_change(request, page):
        raise Forbidden
    return page


def may_change(request: web.Request, page: BookingPage) -> bool:
    """Whether the caller may change the page: its owner and administrators."""
    caller = request[CALLER]
    return caller.is_administrator or page.owner == caller.user.id
