"""GET /dashboard/pages/{id}/times"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.errors import CalendarUnreachable
from admitone.domain.zones import date_at
from admitone.usecases.slot_explain import explain_day
from admitone.usecases.target_read import read_target
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.booking_move import read_day
from admitone.web.dashboard.page import page_of
from admitone.web.dashboard.room import show
from admitone.web.html import date_text
from admitone.web.locale import reader_of

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Say of each time of one day whether customers can book it, and if not, why."""
    services, caller = request.app[SERVICES], request[CALLER]
    page = await page_of(request)
    target = await read_target(caller.snapshot, page.id)
    event_types = target.event_types if target else []
    today = date.fromordinal(date_at(page.hours.zone, services.now()))
    day = read_day(request.query.get("date", "")) or today
    asked = request.query.get("event_type")
    chosen = next((each for each in event_types if each.id == asked), event_types[0] if event_types else None)
    explained, is_unreachable = None, False
    if chosen:
        try:
            explained = await explain_day(services, caller, page.id, chosen.id, day)
        except CalendarUnreachable:
            is_unreachable = True
    context = {
        "room": "pages",
        "page": page,
        "event_types": event_types,
        "chosen": chosen,
        "day": day,
        "explained": explained,
        "is_unreachable": is_unreachable,
        "local": date_text(reader_of(request), page.schedule.timezone),
    }
    return await show(request, "page_times", context)
