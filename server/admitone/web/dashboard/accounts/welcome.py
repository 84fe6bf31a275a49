"""What a new user is shown once: their first page, its zone, and calendar and mail. `/dashboard/welcome`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from admitone.domain.availability.zones import same_time
from admitone.domain.errors import Invalid
from admitone.domain.people.zone_search import city_in
from admitone.store.records.credentials.google_connections import read_connection
from admitone.usecases.accounts.first_page import WEEK, first_page_id
from admitone.usecases.google.google_view import CONNECT
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.shared.records import change_record
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.zone_choices import zone_choices
from admitone.web.http.appkeys import CALLER, GOOGLE, SERVICES
from admitone.web.http.headers import with_forms_to
from admitone.web.http.html import respond_page
from admitone.web.http.local_path import local_path
from admitone.web.http.locale import reader_of
from admitone.web.http.session_cookie import csrf_token, session_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from aiohttp import web

    from admitone.domain.pages.booking_page import BookingPage

PATH = "/dashboard/welcome"
HOME = "/dashboard"


async def show(request: web.Request) -> web.Response:
    """Show the first page, and ask for its zone and for calendar and mail; without that page, go on."""
    page, to = await _first_page(request), _next(request.query)
    if page is None:
        return lead_to(to)
    return await _show_page(request, page, to, page.schedule.timezone)


async def go_on(request: web.Request) -> web.Response:
    """Give the first page the zone that was chosen; then go on to Google, or with `later` to `next`."""
    form, page = await read_form(request), await _first_page(request)
    to, zone = _next(form.fields), form.text("timezone")
    if page is not None and zone != page.schedule.timezone:
        patch = {"schedule": {"timezone": zone}}
        try:
            await change_record(request.app[SERVICES], request[CALLER], BOOKING_PAGES, page.id, patch)
        except Invalid as refusal:
            return await _show_page(request, page, to, zone, by_field(refusal)["schedule.timezone"])
    if form.is_on("later") or GOOGLE not in request.app:
        return lead_to(to)
    asked = {"service": ["calendar", "drafts"], "next": f"{PATH}/zone?{urlencode({'next': to})}"}
    return lead_to(f"{CONNECT}?{urlencode(asked, doseq=True)}")


async def show_zones(request: web.Request) -> web.Response:
    """Back from Google: ask which zone the hours are in if the calendar has another one; otherwise go on."""
    caller, page, to = request[CALLER], await _first_page(request), _on_with(request)
    connection = await read_connection(request.app[SERVICES].store, caller.workspace, caller.user.id)
    theirs = connection.timezone if connection else None
    if page is None or theirs is None:
        return lead_to(to)
    ours, now = page.schedule.timezone, request.app[SERVICES].now()
    if same_time(ours, theirs, now):
        return lead_to(to)
    locale = reader_of(request, part="dashboard").locale
    zones = [(zone, city_in(zone, locale)) for zone in (theirs, ours)]
    return _answer(request, "welcome_zone", {"to": to, "zones": zones})


async def _first_page(request: web.Request) -> BookingPage | None:
    """The page of the caller's first sign-in, None if it is gone or somebody else's by now."""
    caller = request[CALLER]
    page: BookingPage | None
    [page] = await caller.snapshot.load(("booking_page", first_page_id(caller.user.id)))
    return page if page is not None and page.owner == caller.user.id else None


async def _show_page(
    request: web.Request, page: BookingPage, to: str, zone: str, error: str | None = None
) -> web.Response:
    event_types = await request[CALLER].snapshot.load(*(("event_type", each) for each in page.event_types))
    context = {
        "page": page,
        "event_types": [event_type.name for event_type in event_types if event_type is not None],
        "zones": zone_choices(zone),
        "values": {"timezone": zone},
        "errors": {"timezone": error} if error else {},
        "is_first_week": page.schedule.weekly == WEEK,
        "asks_zone": "zone" in request.query,
        "to": to,
    }
    return _answer(request, "welcome", context, status=422 if error else 200)


def _answer(
    request: web.Request, template: str, context: Mapping[str, Any], *, status: int = 200
) -> web.Response:
    """The page, whose forms may lead to Google."""
    known = {"me": request[CALLER].user, "csrf": csrf_token(session_token(request) or ""), **context}
    reader, page = reader_of(request, part="dashboard"), f"dashboard/accounts/{template}.html"
    answer = respond_page(request, page, known, status=status, reader=reader)
    google = request.app.get(GOOGLE)
    return with_forms_to(answer, google.origin) if google else answer


def _next(given: Mapping[str, str]) -> str:
    """The address to which the user was going."""
    return local_path(given.get("next", ""), HOME)


def _on_with(request: web.Request) -> str:
    """That address, with the notice about what Google was allowed if it is Home."""
    to, said = _next(request.query), request.query.get("said", "")
    return f"{HOME}?{urlencode({'said': said})}" if said and to.partition("?")[0] == HOME else to
