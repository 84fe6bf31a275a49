"""A new user has a page that can be booked, from the first sign-in on: one, whatever happens meanwhile."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import FormData

from admitone.texts.message import message
from admitone.texts.translator import translator
from admitone.usecases.accounts.user_find import ensure_user
from admitone.web.http.session_cookie import csrf_token
from tests.support.accounts.browser import ADA, MAX, SAM
from tests.support.accounts.inviting import form_of, invite
from tests.support.accounts.people import the_workspace

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser
    from tests.support.accounts.site import Site
    from tests.support.fakegoogle.running import FakeGoogle

NINE_TO_FIVE = [["09:00", "17:00"]]
EVENTS = "https://www.googleapis.com/auth/calendar.events"
BUSY = "https://www.googleapis.com/auth/calendar.freebusy"
MAIL = "https://www.googleapis.com/auth/gmail.compose"
LIST = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"


async def pages_of(browser: Browser) -> list[Any]:
    """The booking pages of the user who is signed in."""
    me = await browser.me()
    return [page for page in await listed(browser, "booking-pages") if page["owner"] == me["id"]]


async def listed(browser: Browser, what: str) -> list[Any]:
    items: list[Any] = (await browser.get(f"/api/v1/{what}")).body["items"]
    return items


async def test_a_new_workspace_has_a_page_and_an_event_type(browser: Browser) -> None:
    google = (await browser.get("/auth/google/start?timezone=America/New_York")).location
    answer = await browser.get(await browser.choose(google, SAM))
    assert answer.headers["Location"] == "/dashboard/welcome?next=%2Fdashboard"
    [page], [event_type] = await pages_of(browser), await listed(browser, "event-types")
    assert (page["title"], page["slug"], page["event_types"]) == ("Meet Sam", "sam", [event_type["id"]])
    assert page["schedule"]["timezone"] == "America/New_York"
    assert page["schedule"]["weekly"] == {
        **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), NINE_TO_FIVE),
        "sat": [],
        "sun": [],
    }
    assert (event_type["name"], event_type["duration_minutes"]) == ("30-minute meeting", 30)
    assert event_type["location"]["kind"] == "google_meet"
    assert (await browser.get(f"/api/v1/book/{page['slug']}/slots?from=2026-11-23&to=2026-11-27")).body[
        "days"
    ]


async def test_who_joins_gets_the_oldest_event_type(site: Site) -> None:
    ada, max_ = site.browser(), site.browser()
    await ada.sign_in(ADA)
    await max_.sign_in(MAX)
    [page], [event_type] = await pages_of(max_), await listed(max_, "event-types")
    assert (page["title"], page["event_types"]) == ("Meet Max", [event_type["id"]])
    assert page["schedule"]["timezone"] == (await pages_of(ada))[0]["schedule"]["timezone"]


async def test_who_accepts_an_invitation_gets_a_page_too(site: Site) -> None:
    invited = await invite(site, SAM)
    sam, path = site.browser(), f"/invite/{invited['token']}"
    form = form_of(await sam.get(path)) | {"timezone": "Asia/Tokyo"}
    google = (await sam.call("POST", path, data=form)).location
    answer = await sam.get(await sam.choose(google, SAM))
    assert answer.headers["Location"] == "/dashboard/welcome?next=%2Fdashboard%3Fsaid%3Djoined"
    [page] = await pages_of(sam)
    assert (page["title"], page["schedule"]["timezone"]) == ("Meet Sam", "Asia/Tokyo")


async def test_a_user_of_the_command_line_has_no_page_until_they_sign_in(site: Site) -> None:
    await ensure_user(site.services, ADA, name="Ada Admin")
    ada, max_ = site.browser(), site.browser()
    await max_.sign_in(MAX)
    assert {page["title"] for page in await listed(max_, "booking-pages")} == {"Meet Max"}
    assert (await ada.come_back(ADA)).location.path == "/dashboard/welcome"
    assert [page["title"] for page in await pages_of(ada)] == ["Meet Ada"]
    assert (await ada.come_back(ADA)).headers["Location"] == "/dashboard"


async def test_who_deleted_their_page_gets_no_other(browser: Browser) -> None:
    await browser.sign_in(SAM)
    [page] = await pages_of(browser)
    assert browser.session
    csrf = {"X-CSRF-Token": csrf_token(browser.session)}
    answer = await browser.call("DELETE", f"/api/v1/booking-pages/{page['id']}", headers=csrf)
    assert answer.status == 204
    assert (await browser.come_back(SAM)).headers["Location"] == "/dashboard"
    assert await pages_of(browser) == []


@pytest.mark.parametrize(
    ("name", "title", "slug"),
    [
        ("Zoë van der Berg", "Meet Zoë", "zoe"),
        ("Bo Li", "Meet Bo", "bo-li"),
        ("山田太郎", "Meet 山田太郎", "meet-"),
        ("Admin", "Meet Admin", "admin-"),
        ("\u202e", "Meet kim", "kim"),
    ],
)
async def test_whatever_the_name_there_is_a_title_and_a_free_slug(
    browser: Browser, google: FakeGoogle, redis: Redis, name: str, title: str, slug: str
) -> None:
    await google.control("accounts", email="kim@mail.test", name=name)
    await browser.come_back("kim@mail.test")
    [page] = (await the_workspace(redis)).pages
    assert page["title"] == title
    assert page["slug"].startswith(slug)
    assert (page["slug"] == slug) is not slug.endswith("-")


async def test_a_slug_that_another_page_has_is_not_taken(
    site: Site, google: FakeGoogle, browser: Browser
) -> None:
    await google.control("accounts", email="sam@mail.test", name="Sam Rivers")
    for account in SAM, "sam@mail.test":
        await browser.come_back(account)
    [page] = await pages_of(browser)
    assert page["slug"] == "sam-rivers"


async def test_title_and_event_type_are_in_the_hosts_language(browser: Browser) -> None:
    back = await browser.choose(await browser.begin(), SAM)
    await browser.get(back, **{"Accept-Language": "de"})
    [page], [event_type] = await pages_of(browser), await listed(browser, "event-types")
    assert page["title"] == translator("de").say(message("Meet %(name)s", name="Sam"))
    assert event_type["name"] == translator("de").say("30-minute meeting")


@pytest.mark.parametrize(
    ("withheld", "said", "calendar", "mail"),
    [
        ([], "google-connected", True, True),
        ([MAIL], "google-calendar", True, False),
        ([EVENTS, BUSY, LIST], "google-mail", False, True),
        ([EVENTS], "google-part", False, True),
        ([EVENTS, BUSY, LIST, MAIL], "google-nothing", False, False),
        (None, "google-cancelled", False, False),
    ],
)
async def test_what_was_allowed_is_connected(
    browser: Browser, withheld: list[str] | None, said: str, calendar: bool, mail: bool
) -> None:
    """Whatever the boxes at Google, the person gets back to where they were going; None cancels."""
    page = await browser.get((await browser.come_back(SAM)).location)
    fields = {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', page.text)
    }
    answer = await browser.call("POST", "/dashboard/welcome", data=fields | {"timezone": "America/New_York"})
    google = (await browser.get(answer.location)).location
    choice = [("cancel", "1")] if withheld is None else [("withhold", scope) for scope in withheld]
    back = await browser.call("POST", google, data=FormData([("account", SAM), *choice]))
    zone = await browser.get(back.location)
    answer = await browser.get(zone.location)
    assert answer.headers["Location"] == f"/dashboard?said={said}"
    connected = (await browser.me())["connected"]
    assert (connected["calendar"], connected["mail"]) == (calendar, mail)


async def test_the_welcome_goes_nowhere_else(browser: Browser) -> None:
    await browser.sign_in(SAM)
    assert browser.session
    form = {"csrf": csrf_token(browser.session), "timezone": "UTC", "later": "1", "next": "//evil.test"}
    assert (await browser.call("POST", "/dashboard/welcome", data=form)).headers["Location"] == "/dashboard"
    refused = await browser.call("POST", "/dashboard/welcome", data=form | {"timezone": "Moon/Base"})
    assert refused.status == 422
    assert "timezone-error" in refused.text
