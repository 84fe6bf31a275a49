"""What the page of a link shows, by its address alone; its days and times are in test_visit_show_times.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.customer.host import path_of
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

HEADERS = {
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


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


async def test_a_link_that_never_expires_says_no_day(host: Host, visitor: Visitor) -> None:
    page = await visitor.page(await host.path(expires_in_days=None))
    assert "This link is good for one booking." in page.text
    assert "valid until" not in page.text


QUESTIONS = [
    {"id": "company", "label": "Company", "kind": "text", "required": True},
    {"id": "size", "label": "Size", "kind": "select", "required": False, "options": ["Small", "Large"]},
    {"id": "agreed", "label": "I agree", "kind": "checkbox", "required": False},
]
