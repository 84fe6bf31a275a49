"""The line *Calendar · Mail · Zone · Extension* of Home: what works, and where to mend what does not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from admitone.store.records.set_up import UNWANTED, read_waits
from admitone.texts.message import message
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.shared.records import first_record
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp import web

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.store.records.set_up import Waits
    from admitone.usecases.google.google_view import GoogleView
    from admitone.usecases.shared.services import Services

LATELY = 30 * 86_400
"""Seconds after its last token for which an app counts as used."""
SETTINGS = "/dashboard/settings/google"
CALENDAR = "/auth/google/connect?service=calendar"
MAIL = "/auth/google/connect?service=drafts"
BOTH = f"{CALENDAR}&service=drafts"


class Item(msgspec.Struct, frozen=True):
    """One thing to set up; without `wrong`, a few words, it works. `fix` is the address that mends it.

    `zone` is the page's zone, which a script compares with the browser's.
    """

    name: str
    wrong: str | None = None
    fix: str = ""
    zone: str = ""


class SetUpLine(msgspec.Struct, frozen=True):
    """The items, the mails that wait, and the bookings to come that no calendar gets."""

    items: list[Item]
    mails: int
    bookings: int


async def read_set_up(request: web.Request, google: GoogleView) -> SetUpLine:
    """What the caller has set up. One trip to Redis, and none to Google."""
    services, caller = request.app[SERVICES], request[CALLER]
    me, now = caller.user.id, services.now()
    waits = await read_waits(services.store, caller.workspace, me, now)
    page = await first_record(services, caller, BOOKING_PAGES, lambda page: page.owner == me)
    calendar = _calendar(services, google)
    items = [calendar, _mail(services, google), _zone(google, page, now), *_extension(waits, now)]
    return SetUpLine(items, waits.mails, waits.bookings if calendar.wrong and not google.writes_events else 0)


def _calendar(services: Services, google: GoogleView) -> Item:
    name = message("Calendar")
    if services.google is None:
        return Item(name, message("Not set up on this server"), SETTINGS)
    if google.needs_reconnect:
        return Item(name, message("Must be connected again"), google.reconnect_path)
    if google.needs_calendar:
        return Item(name, message("Choose another"), f"{SETTINGS}#writing")
    allowed = (google.reads_busy, google.writes_events)
    return Item(name, _PARTS[allowed], "" if all(allowed) else _connect(google, CALENDAR))


_PARTS = {
    (True, True): None,
    (True, False): message("Not written to"),
    (False, True): message("Blocks no time"),
    (False, False): message("Not connected"),
}
"""What is wrong with a calendar, by whether it is read, and written to."""


def _mail(services: Services, google: GoogleView) -> Item:
    name = message("Mail")
    if services.mail.transport is not None or google.sends_mail:
        return Item(name)
    if services.google is None:
        return Item(name, message("Not set up on this server"), SETTINGS)
    if google.needs_reconnect:
        return Item(name, message("Must be connected again"), google.reconnect_path)
    return Item(name, message("Nothing sends it"), _connect(google, MAIL))


def _connect(google: GoogleView, one: str) -> str:
    """Where this one is connected; both at once if neither is."""
    return one if google.connection else BOTH


def _zone(google: GoogleView, page: BookingPage | None, now: int) -> Item:
    name = message("Zone")
    if page is None:
        return Item(name, message("No page yet"), "/dashboard/pages/new")
    zone, fix = page.schedule.timezone, f"/dashboard/pages/{page.id}/edit#schedule.timezone"
    calendars = google.connection.timezone if google.connection else None
    if calendars is None or same_clock(zone, calendars, now):
        return Item(name, None, fix, zone)
    wrong = message("%(zone)s, your calendar %(other)s", zone=zone, other=calendars)
    return Item(name, wrong, fix, zone)


def same_clock(one: str, other: str, now: int) -> bool:
    """Whether clocks in both zones agree during the year that begins at `now` (epoch seconds)."""
    zones = ZoneInfo(one), ZoneInfo(other)
    start = datetime.fromtimestamp(now, ZoneInfo("UTC"))
    days = (start + timedelta(days=30 * month) for month in range(12))
    return all(day.astimezone(zones[0]).utcoffset() == day.astimezone(zones[1]).utcoffset() for day in days)


def _extension(waits: Waits, now: int) -> Iterator[Item]:
    """Whether an app was used lately; nothing for a user who does not want the extension."""
    used = waits.extension
    if used == UNWANTED:
        return
    is_used = isinstance(used, int) and now - used < LATELY
    yield Item(
        message("Extension"),
        None if is_used else message("Not signed in"),
        "/dashboard/extension",
    )
