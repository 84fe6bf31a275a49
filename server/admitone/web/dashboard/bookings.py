"""GET /dashboard/bookings"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.instant import Instant
from admitone.usecases.booking_list import BookingQuery, list_bookings
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking_rows import booking_rows
from admitone.web.dashboard.page_names import all_pages
from admitone.web.dashboard.room import show, with_query

if TYPE_CHECKING:
    from aiohttp import web

SHOWN = 25
TIMES = (("upcoming", "Upcoming"), ("past", "Past"), ("cancelled", "Cancelled"), ("all", "All"))


async def handle(request: web.Request) -> web.Response:
    """List bookings: what comes next first, or what is past, the latest first; filters are in the address."""
    services, caller = request.app[SERVICES], request[CALLER]
    asked = request.query
    when = asked.get("when", "upcoming")
    now = Instant(services.now())
    query = BookingQuery(
        status="cancelled" if when == "cancelled" else None,
        first=now if when == "upcoming" else None,
        last=now if when == "past" else None,
        page=asked.get("page") or None,
        host=caller.user.id if asked.get("mine") else None,
        q=asked.get("q", "").strip() or None,
        limit=SHOWN,
        cursor=asked.get("cursor") or None,
    )
    upcoming = when == "upcoming"
    found = await list_bookings(services, caller, query, soonest_first=upcoming, live_only=upcoming)
    return await show(
        request,
        "bookings",
        {
            "room": "bookings",
            "query": query,
            "when": when,
            "rows": await booking_rows(caller, found.items),
            "pages": await all_pages(services, caller),
            "times": [(time, name, with_query(request, when=time, cursor=None)) for time, name in TIMES],
            "is_filtered": bool(query.page or query.host or query.q),
            "is_start": query.cursor is None,
            "more": with_query(request, cursor=found.next_cursor) if found.next_cursor else None,
        },
    )
