"""The times that a page offers, and why it does not offer others: `/dashboard/pages/PAGE/times`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.availability.zones import date_at, zone
from admitone.domain.errors import CalendarUnreachable
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.times.slot_explain import explain_day
from admitone.web.dashboard.pages.booking_pages import may_change
from admitone.web.dashboard.pages.page_names import page_path
from admitone.web.dashboard.record_room import find_record
from admitone.web.dashboard.room import show_room
from admitone.web.dashboard.sent_form import read_day
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.html import date_text
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.shared.services import Caller, Services
    from admitone.usecases.times.slot_explain import ExplainedDay


async def show(request: web.Request) -> web.Response:
    """For each time of one day, show whether customers can book it, and if not, why."""
    page = await find_record(request, BOOKING_PAGES)
    edit_at = f"{page_path(page)}/edit" if may_change(request[CALLER], page) else None
    return await show_times(request, page, page.schedule.timezone, edit_at)


async def show_times(
    request: web.Request, page: BookingPage | MasterPage, timezone: str | None, edit_at: str | None
) -> web.Response:
    """The times of a page of either kind, in `timezone`, or in the chosen event type's zone if that is None.

    `edit_at` is the address where the page's hours or rules are changed, None if the caller may not.
    """
    services, caller = request.app[SERVICES], request[CALLER]
    target = await read_target(caller.snapshot, page.id)
    assert target is not None
    event_types = target.event_types
    asked = request.query.get("event_type")
    chosen = next((each for each in event_types if each.id == asked), event_types[0] if event_types else None)
    zone_name = timezone or target.timezone(chosen.id if chosen else None)
    today = date.fromordinal(date_at(zone(zone_name), services.now()))
    day = read_day(request.query.get("date", "")) or today
    explained = await _explained(services, caller, page.id, chosen.id, day) if chosen else None
    context = {
        "room": "pages",
        "page": page,
        "path": page_path(page),
        "edit_at": edit_at,
        "event_types": event_types,
        "chosen": chosen,
        "day": day,
        "explained": explained,
        "is_unreachable": chosen is not None and explained is None,
        "is_master": target.owner is None,
        "cannot_be_filled": page.enabled and chosen is not None and chosen not in target.offered(),
        "local": date_text(reader_of(request, part="dashboard"), zone_name),
    }
    return await show_room(request, "pages/page_times", context)


async def _explained(
    services: Services, caller: Caller, page_id: str, event_type_id: str, day: date
) -> ExplainedDay | None:
    """The times of the day, None if a calendar that is needed cannot be reached."""
    try:
        return await explain_day(services, caller, page_id, event_type_id, day)
    except CalendarUnreachable:
        return None
