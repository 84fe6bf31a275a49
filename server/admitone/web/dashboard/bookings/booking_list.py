"""The list of bookings: `/dashboard/bookings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

from admitone.domain.instant import Instant
from admitone.domain.people.user_names import names_apart
from admitone.texts.message import message
from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.accounts.users import user_names
from admitone.usecases.bookings.booking_list import BookingChannel, BookingQuery, list_bookings
from admitone.usecases.bookings.booking_table import listed_table
from admitone.usecases.shared.records import all_stored
from admitone.web.dashboard.bookings.booking_agenda import SPANS, read_agenda, shown_days
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.csv_file import respond_spreadsheet
from admitone.web.dashboard.only_filters import only_filters
from admitone.web.dashboard.pages.page_names import pages_with_bookings
from admitone.web.dashboard.room import download_at, more_at, show_room, with_query
from admitone.web.dashboard.state_names import STATE_NAMES
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.html import date_text
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Caller, Services


SHOWN = 25
TIMES = (
    ("upcoming", message("Upcoming")),
    ("past", message("Past")),
    ("cancelled", message("Cancelled")),
    ("all", message("All")),
)


async def show(request: web.Request) -> web.Response:
    """List bookings: those to come, the soonest first, or others, the latest first; or show a day or a week.

    The address holds every filter.
    """
    view = request.query.get("view", "")
    if view in SPANS:
        return await _show_agenda(request, view)
    services, caller = request.app[SERVICES], request[CALLER]
    when = request.query.get("when", "upcoming")
    query = _query(request, when, Instant(services.now()))
    upcoming = when == "upcoming"
    found = await list_bookings(services, caller, query, soonest_first=upcoming, live_only=upcoming)
    context = {
        **await _filters(request, query),
        "chosen": when,
        "rows": await booking_rows(caller, found.items),
        "is_start": query.cursor is None,
        "more": more_at(request, found),
        "download": download_at(request),
    }
    return await show_room(request, "bookings/booking_list", context)


async def _show_agenda(request: web.Request, view: str) -> web.Response:
    """The bookings of a day or of a week, with the time that the caller's calendar blocks."""
    services, caller = request.app[SERVICES], request[CALLER]
    zone = await own_zone(services, caller)
    clock = date_text(reader_of(request, part="dashboard"), zone)
    query = _query(request, "all", Instant(services.now()))
    filters = await _filters(request, query)
    agenda = await read_agenda(
        services,
        caller,
        query,
        days=shown_days(view, request.query.get("date", ""), clock, services.now()),
        clock=clock,
        shows_busy=not (query.page or query.q or filters["only"]) and query.host in {None, caller.user.id},
    )
    context = {
        **filters,
        "chosen": view,
        "zone": zone,
        "agenda": agenda,
        "step_to": lambda day: with_query(request, date=day.isoformat() if day else None, cursor=None),
        "day_at": lambda day: with_query(request, view="day", date=day.isoformat(), cursor=None),
    }
    return await show_room(request, "bookings/booking_agenda", context)


async def _filters(request: web.Request, query: BookingQuery) -> dict[str, Any]:
    """What the list and the agenda have in common: the ways to look at bookings, and the filters."""
    services, caller = request.app[SERVICES], request[CALLER]
    only = await only_filters(request, "event_type", "channel", "workflow", "domain")
    lists = [
        (time, name, with_query(request, when=time, view=None, date=None, cursor=None))
        for time, name in TIMES
    ]
    spans = [
        (span, name, with_query(request, view=span, when=None, cursor=None)) for span, name in SPANS.items()
    ]
    return {
        "room": "bookings",
        "query": query,
        "ways": [*lists, *spans],
        "pages": await pages_with_bookings(services, caller),
        "hosts": await _hosts(services, caller, query.host),
        "only": only,
        "is_filtered": bool(query.page or query.host or query.q or only),
    }


async def download(request: web.Request) -> web.StreamResponse:
    """Send the whole list, with its filters, as a table."""
    services, caller = request.app[SERVICES], request[CALLER]
    when = request.query.get("when", "upcoming")
    query, upcoming = _query(request, when, Instant(services.now())), when == "upcoming"
    table = listed_table(services, caller, query, soonest_first=upcoming, live_only=upcoming)
    return await respond_spreadsheet(request, table, "bookings", {"status": STATE_NAMES})


def _query(request: web.Request, when: str, now: Instant) -> BookingQuery:
    """The query string of the list."""
    asked = request.query
    channel = asked.get("channel")
    return BookingQuery(
        status="cancelled" if when == "cancelled" else None,
        first=now if when == "upcoming" else None,
        last=now if when == "past" else None,
        page=asked.get("page") or None,
        event_type=asked.get("event_type") or None,
        channel=cast("BookingChannel", channel) if channel in get_args(BookingChannel) else None,
        workflow=asked.get("workflow") or None,
        domain=asked.get("domain") or None,
        host=request[CALLER].user.id if asked.get("mine") else asked.get("host") or None,
        q=asked.get("q", "").strip() or None,
        limit=SHOWN,
        cursor=asked.get("cursor") or None,
    )


async def _hosts(services: Services, caller: Caller, chosen: str | None) -> list[tuple[str, str]]:
    """The hosts to choose from; administrators can choose every user, deactivated ones too."""
    users: list[User] = await all_stored(services, caller, "user") if caller.is_administrator else []
    names = names_apart(users) or await user_names(caller, [chosen] if chosen else [])
    others = sorted(names.items(), key=lambda each: each[1].casefold())
    return [(caller.user.id, message("Me")), *(each for each in others if each[0] != caller.user.id)]
