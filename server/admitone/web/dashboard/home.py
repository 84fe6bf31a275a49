"""The rooms `/dashboard`, and `/dashboard/more`: those that a phone has no place for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.instant import Instant
from admitone.store.outbox.pause import read_pause
from admitone.store.records.mail.mails import read_template_faults
from admitone.store.redis.memory_figures import read_memory
from admitone.usecases.accounts.first_page import first_page_id
from admitone.usecases.bookings.booking_conflicts import list_conflicts
from admitone.usecases.bookings.booking_list import BookingQuery, list_bookings
from admitone.usecases.google.google_view import view_google
from admitone.usecases.jobs.job_list import count_jobs
from admitone.usecases.links.link_list import LinkQuery, list_links
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.pages.page_list import list_shared_pages
from admitone.usecases.shared.records import first_record
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.links.link_rows import link_rows
from admitone.web.dashboard.room import show_room
from admitone.web.dashboard.set_up.set_up_line import read_set_up
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.shared.services import Caller, Services


SHOWN = 5


async def show(request: web.Request) -> web.Response:
    """Show the pages that the caller shares, their next bookings and their newest links."""
    services, caller = request.app[SERVICES], request[CALLER]
    me = caller.user.id
    pages = await list_shared_pages(services, caller)
    links = await list_links(services, caller, LinkQuery(created_by=me, limit=SHOWN))
    soon = BookingQuery(host=me, first=Instant(services.now()), limit=SHOWN)
    bookings = await list_bookings(services, caller, soon, soonest_first=True, live_only=True)
    google = await view_google(services, caller.workspace, me)
    own_pages = [page for page in pages if page.owner == me]
    context = {
        "room": "home",
        "pages": own_pages,
        "first_page": None if links.items or links.next_cursor else first_page_id(me),
        "has_page": bool(own_pages) or await _has_page(services, caller),
        "master_pages": [page for page in pages if page.kind == "master_page"],
        "links": await link_rows(caller, links.items),
        "bookings": await booking_rows(caller, bookings.items),
        "has_mail_faults": False,
        "failed_jobs": 0,
        "is_nearly_full": False,
        "do_workers_pause": False,
        "set_up": await read_set_up(request, google),
        "google": google,
        "conflicts": await list_conflicts(services, caller),
    }
    if caller.is_administrator:
        context["has_mail_faults"] = bool(await read_template_faults(services.store, caller.workspace))
        context["failed_jobs"] = await count_jobs(services, caller)
        context["is_nearly_full"] = (await read_memory(services.store)).is_nearly_full
        context["do_workers_pause"] = await read_pause(services.store) is not None
    return await show_room(request, "home", context)


async def show_more(request: web.Request) -> web.Response:
    """Show the rooms that are not at the foot of a phone's screen."""
    return await show_room(request, "more", {"room": "more"})


async def _has_page(services: Services, caller: Caller) -> bool:
    """Whether the caller has a booking page; it may be off."""
    me = caller.user.id
    return await first_record(services, caller, BOOKING_PAGES, lambda page: page.owner == me) is not None
