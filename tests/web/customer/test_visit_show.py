"""What the page of a link shows, by its address alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.support.customer.host import path_of
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

HEADERS = {
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
THURSDAY = "2026-11-19"


async def test_it_shows_what_can_be_booked(host: Host, visitor: Visitor) -> None:
    page = await visitor.page(await host.path())
    for words in (
        "Half an hour",
        "with Hanna Host",
        "30 minutes",
        "By phone",
        "Paris time",
        "GMT+1 · 12:06 now",
        "November 2026",
        "This link is good for one booking. It is valid until 16 February.",
    ):
        assert words in page.text
    assert page.attribute("html", "lang") == "en"
    assert page.attribute("html", "dir") == "ltr"


async def test_the_first_day_with_free_times_is_open_and_no_time_is_chosen(
    host: Host, visitor: Visitor
) -> None:
    page = await visitor.page(await host.path())
    assert "Wednesday 18 November" in page.text
    starts = page.form().values("start")
    assert starts[0] == "2026-11-18T12:30:00Z"
    assert "start" not in page.form().served


async def test_the_host_may_switch_the_general_link_off(host: Host, visitor: Visitor) -> None:
    page = await visitor.page("/hanna-page")
    assert "Half an hour" in page.text
    assert "good for one booking" not in page.text
    await host.change("page", general_link=False)
    assert (await visitor.get("/hanna-page")).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/.0ABC0000000000000000",
        "/.short",
        "/.hanna-page",
        "/nobody-here",
        "/0abc0000000000000000",
        "/HANNA-PAGE",
        "/manage/0ABC00000000000000000000000000",
        "/manage/x",
        "/manage/x/cancel",
        "/no/where",
        "/.%00",
        "/.%F0%9F%8E%9F",
    ],
)
async def test_what_is_not_there_is_a_page_too(host: Host, visitor: Visitor, path: str) -> None:
    answer = await visitor.get(path)
    assert answer.status == 404
    assert "torn" in answer.text
    assert "Hanna" not in answer.text
    assert HEADERS.items() <= answer.headers.items()


async def test_a_code_is_read_as_people_type_it(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    typed = path.lower().replace("0", "o").replace("1", "l")
    assert "Half an hour" in (await visitor.page(typed)).text


async def test_several_event_types_are_chosen_from_first(host: Host, visitor: Visitor) -> None:
    other = await host.api.new_event_type(name="An hour", duration_minutes=60)
    await host.change("page", event_types=[host.event_type["id"], other["id"]])
    path = await host.path()
    page = await visitor.page(path)
    assert not page.forms
    [address] = [link for link in page.links if other["id"] in link]
    chosen = await visitor.page(address)
    assert "1 hour" in chosen.text
    assert chosen.form().served["event_type"] == other["id"]
    assert path in chosen.links  # the way back
    only = await visitor.page(await host.path(event_type=other["id"]))
    assert only.form().served["event_type"] == other["id"]


async def test_a_day_is_chosen_by_a_link(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    page = await visitor.page(path)
    assert f"{path}?date=2026-11-20" in page.links
    friday = await visitor.page(f"{path}?date=2026-11-20")
    assert "Friday 20 November" in friday.text
    assert friday.form().values("start")[0] == "2026-11-20T08:00:00Z"


async def test_months_are_leafed_through_until_the_window_ends(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    seen = []
    address: str | None = path
    while address:
        page = await visitor.page(address)
        seen.append(next(month for month in MONTHS if month in page.text))
        later = [a for tag, a in page.tags if tag == "a" and a.get("aria-label") == "Later month"]
        address = later[0]["href"] if later else None
    assert seen == ["November 2026", "December 2026", "January 2027"]
    assert "Earlier month" in page.source


async def test_a_month_without_times_says_so(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", window={"kind": "dates", "from": "2026-11-20", "to": "2027-03-31"})
    await host.change("page", schedule=BEFORE_CHRISTMAS)
    page = await visitor.page(f"{await host.path()}?date=2027-02-01")
    assert "No free times in February 2027" in page.text
    assert page.form().values("start") == []


async def test_the_first_free_day_is_found_months_away(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", window={"kind": "dates", "from": "2027-08-02", "to": "2027-08-31"})
    page = await visitor.page(await host.path())
    assert "August 2027" in page.text
    assert "Monday 2 August" in page.text
    assert not [a for tag, a in page.tags if tag == "a" and a.get("aria-label") == "Earlier month"]


async def test_no_free_time_at_all(host: Host, visitor: Visitor) -> None:
    await host.change("page", schedule={"weekly": CLOSED})
    page = await visitor.page(await host.path())
    assert "No free times in November 2026" in page.text


async def test_times_are_shown_in_the_zone_that_is_asked_for(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    page = await visitor.page(f"{path}?timezone=Asia/Kolkata&date={THURSDAY}")
    assert "Kolkata time" in page.text
    assert "GMT+5:30 · 16:36 now" in page.text
    assert page.form().values("start")[0] == "2026-11-19T08:00:00Z"
    assert "13:30" in page.text
    assert page.form().served["timezone"] == "Asia/Kolkata"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
async def test_days_are_those_of_the_zone_on_both_sides_of_the_date_line(
    host: Host, visitor: Visitor, zone: str
) -> None:
    page = await visitor.page(f"{await host.path()}?timezone={zone}&date=2026-11-20")
    starts = [datetime.fromisoformat(start) for start in page.form().values("start")]
    assert starts
    assert {start.astimezone(ZoneInfo(zone)).date() for start in starts} == {date(2026, 11, 20)}


async def test_the_zone_is_changed_without_scripts(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    at = f"{path}?date={THURSDAY}&name=Carla"
    form = (await visitor.page(at)).form("GET")
    answer = await visitor.send(form, at, timezone="America/New_York")
    assert "New York time" in answer.page.text
    assert "Thursday 19 November" in answer.page.text
    assert answer.page.form().served["name"] == "Carla"


@pytest.mark.parametrize(
    ("language", "time", "day"),
    [
        ("en-GB", "14:00", "Thursday 19 November"),
        ("en-US,en;q=0.5", "2:00", "Thursday, November 19"),
        ("de-DE,de;q=0.9,en;q=0.1", "14:00", "Thursday, November 19"),
        ("en-AU", "2:00", "Thursday, 19 November"),
        ("", "2:00", "Thursday, November 19"),
        ("xx-YY, *, ;q=, en-GB;q=broken", "2:00", "Thursday, November 19"),
    ],
)
async def test_the_clock_and_the_order_are_the_readers(
    host: Host, visitor: Visitor, language: str, time: str, day: str
) -> None:
    answer = await visitor.get(f"{await host.path()}?date={THURSDAY}", **{"Accept-Language": language})
    assert time in answer.page.text
    assert day in answer.page.text


async def test_the_week_begins_as_the_reader_counts(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    for language, first in (("en-GB", "Monday"), ("en-US", "Sunday"), ("ar-EG", "Saturday")):
        answer = await visitor.get(path, **{"Accept-Language": language})
        assert answer.page.attribute("th", "abbr") == first


async def test_a_highlighted_time_is_marked_and_not_chosen(host: Host, visitor: Visitor) -> None:
    page = await visitor.page(f"{await host.path()}?t=2026-11-20T10:00:00Z")
    assert "Friday 20 November" in page.text
    assert "11:00 suggested" in page.text
    assert "start" not in page.form().served


@pytest.mark.parametrize(
    "query",
    [
        "date=yesterday",
        "date=2026-02-30",
        "date=0001-01-01",
        "date=9999-12-31",
        "date=2020-01-01",
        "date=" + "9" * 600,
        "t=noon",
        "t=0001-01-01T00:00:00Z",
        "t=9999-12-31T23:59:59Z",
        "t=2026-11-20T10:07:00Z",
        "timezone=Middle/Earth",
        "timezone=../../etc/passwd",
        "timezone=%00",
        "skip=maybe",
        "skip=1",
        "event_type=none-of-these",
        "name=" + "x" * 5000,
        "unknown=1&date=x&date=y",
        "%ff=%fe",
        "date=2026-11-20%0d%0aSet-Cookie:x",
    ],
)
async def test_a_bad_parameter_is_ignored(host: Host, visitor: Visitor, query: str) -> None:
    answer = await visitor.get(f"{await host.path()}?{query}")
    assert answer.status == 200
    assert "Half an hour" in answer.page.text
    assert answer.page.form().values("start")
    assert "Set-Cookie" not in answer.headers


async def test_parameters_fill_the_form(host: Host, visitor: Visitor) -> None:
    await host.change("page", form=QUESTIONS)
    page = await visitor.page(
        f"{await host.path()}?name=Carla+C&email=c%40customer.test&company=Acme&size=Large&agreed=1"
    )
    served = page.form().served
    assert (served["name"], served["email"]) == ("Carla C", "c@customer.test")
    assert (served["company"], served["size"], served["agreed"]) == ("Acme", "Large", "1")


async def test_a_personalised_link_knows_its_person_and_skips_the_form(host: Host, visitor: Visitor) -> None:
    link = await host.link(person=CARLA)
    page = await visitor.page(f"{path_of(link)}?name=Mallory&email=mallory@customer.test")
    assert "Booking for Carla Customer" in page.text
    assert "carla@customer.test" in page.text
    assert "Mallory" not in page.text
    assert not {"name", "email"} & page.form().served.keys()


async def test_skip_says_whether_the_form_is_shown(host: Host, visitor: Visitor) -> None:
    link = await host.link(person=CARLA)
    shown = await visitor.page(f"{path_of(link)}?skip=0&name=Mallory")
    assert shown.form().served["name"] == "Carla Customer"
    assert shown.form().served["email"] == "carla@customer.test"
    never = await host.link(person=CARLA, skip_form=False)
    assert "name" in (await visitor.page(path_of(never))).form().served
    assert "name" not in (await visitor.page(f"{path_of(never)}?skip=1")).form().served
    anybody = await host.link()
    assert "name" in (await visitor.page(f"{path_of(anybody)}?skip=1&name=A&email=a@b.test")).form().served


async def test_a_question_that_must_be_answered_is_asked_all_the_same(host: Host, visitor: Visitor) -> None:
    await host.change("page", form=QUESTIONS)
    link = await host.link(person=CARLA)
    for query in ("", "?skip=1"):
        assert "company" in (await visitor.page(path_of(link) + query)).form().served


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
async def test_the_theme_is_that_of_the_page(host: Host, visitor: Visitor, theme: str) -> None:
    await host.change("page", theme=theme)
    page = await visitor.page(await host.path())
    assert page.attribute("html", "data-theme") == (None if theme == "auto" else theme)


async def test_the_locale_of_a_page_may_be_one_that_we_do_not_speak(host: Host, visitor: Visitor) -> None:
    await host.change("page", locale="ar-EG")
    page = await visitor.page(await host.path())
    assert page.attribute("html", "lang") == "en"
    assert page.attribute("html", "dir") == "ltr"


async def test_a_link_that_never_expires_says_no_day(host: Host, visitor: Visitor) -> None:
    page = await visitor.page(await host.path(expires_in_days=None))
    assert "This link is good for one booking." in page.text
    assert "valid until" not in page.text


async def test_what_can_be_offered_begins_after_the_notice(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    path = await host.path()
    clock.forward(hours=4.5)
    assert "Thursday 19 November" in (await visitor.page(path)).text


MONTHS = [f"{month} {year}" for year in (2026, 2027) for month in ("November", "December", "January")]
CLOSED = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"))
BEFORE_CHRISTMAS = {"weekly": CLOSED, "overrides": {"2026-12-23": [["09:00", "12:00"]]}}
QUESTIONS = [
    {"id": "company", "label": "Company", "kind": "text", "required": True},
    {"id": "size", "label": "Size", "kind": "select", "required": False, "options": ["Small", "Large"]},
    {"id": "agreed", "label": "I agree", "kind": "checkbox", "required": False},
]
