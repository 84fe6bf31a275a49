"""What is inserted into messages: `content` of links, and of a page's general link."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.api.calling import CARLA, answered, created, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api

STARTS = ["2026-11-24T10:00:00Z", "2026-11-23T15:30:00Z", "2026-11-23T14:00:00Z"]
ENGLISH = {"timezone": "America/New_York", "locale": "en-US"}


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page with one event type, whose title must be escaped."""
    return await admin.new_page(await admin.new_event_type(), title='Talk to <Hanna> & "Max"')


class _Outline(HTMLParser):
    """Tags, addresses and visible lines of what is inserted; complains about what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "a":
            self.links.append((dict(attrs)["href"] or "", ""))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "a" in self.open:
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)


async def test_a_link_is_the_title_of_its_page_or_what_the_caller_calls_it(admin: Api, page: Any) -> None:
    made = await admin.new_link(page, content={"style": "link"})
    assert made["html"] == f'<a href="{made["url"]}">Talk to &lt;Hanna&gt; &amp; &quot;Max&quot;</a>'
    assert made["text"] == made["url"]
    called = await admin.new_link(page, content={"label": "my <calendar>"})
    assert called["html"] == f'<a href="{called["url"]}">my &lt;calendar&gt;</a>'


async def test_a_sentence_is_in_the_language_of_the_recipient(admin: Api, page: Any) -> None:
    made = await admin.new_link(page, content={"style": "sentence", "locale": "en"})
    assert made["text"] == f"Choose a time that suits you: {made['url']}"
    german = await admin.new_link(page, content={"style": "sentence", "locale": "de-AT"})
    assert german["text"] != german["url"]
    assert "Choose" not in german["text"]
    unknown = await admin.new_link(page, content={"style": "sentence", "locale": "xx"})
    assert unknown["text"].startswith("Choose a time")


async def test_times_are_by_day_in_order_and_in_the_zone(admin: Api, page: Any) -> None:
    made = await admin.new_link(page, content={"style": "times", "starts": STARTS, **ENGLISH})
    zone = "timezone=America%2FNew_York"

    def at(start: str) -> str:
        return f"{made['url']}?t={start.replace(':', '%3A')}&{zone}"

    assert _plain(made["text"]).splitlines() == [
        f"Monday, November 23, 9:00 AM: {at('2026-11-23T14:00:00Z')}",
        f"Monday, November 23, 10:30 AM: {at('2026-11-23T15:30:00Z')}",
        f"Tuesday, November 24, 5:00 AM: {at('2026-11-24T10:00:00Z')}",
        f"See all times: {made['url']}?{zone}",
        "Times are in New York time (GMT−5).",
    ]
    outline = _Outline(made["html"])
    assert outline.tags == {"a", "br"}
    assert [_plain(text) for _, text in outline.links] == ["9:00 AM", "10:30 AM", "5:00 AM", "See all times"]
    marked = [parse_qs(urlsplit(url).query).get("t") for url, _ in outline.links]
    assert marked == [["2026-11-23T14:00:00Z"], ["2026-11-23T15:30:00Z"], ["2026-11-24T10:00:00Z"], None]


async def test_a_card_has_what_mail_programs_show(admin: Api, page: Any) -> None:
    made = await admin.new_link(page, content={"style": "card", "starts": STARTS, **ENGLISH})
    outline = _Outline(made["html"])
    assert outline.tags == {"table", "tr", "td", "a"}
    assert outline.attributes == {
        *("role", "dir", "align", "bgcolor", "cellpadding", "cellspacing", "border", "style", "href")
    }
    assert [_plain(text) for _, text in outline.links] == ["9:00 AM", "10:30 AM", "5:00 AM", "See all times"]
    assert "Talk to &lt;Hanna&gt;" in made["html"]
    lines = _plain(made["text"]).splitlines()
    assert lines[0] == page["title"]
    assert lines[1].startswith("30 minutes")
    assert "Monday, November 23" in lines
    bare = await admin.new_link(page, content={"style": "card", **ENGLISH})
    assert [text for _, text in _Outline(bare["html"]).links] == ["Choose a time"]


async def test_a_snippet_greets_the_person(admin: Api, page: Any) -> None:
    content = {"snippet": "Hi {name},\nhere is <my> calendar:"}
    made = await admin.new_link(page, person=CARLA, content=content)
    words = f"Hi {CARLA['name']},\nhere is <my> calendar:"
    assert made["text"] == f"{words} {made['url']}"
    assert made["html"].startswith(f"Hi {CARLA['name']},<br>here is &lt;my&gt; calendar: <a ")
    nobody = await admin.new_link(page, content={"style": "sentence", "snippet": "Hello {name},"})
    assert nobody["text"].startswith("Hello,\n")


async def test_several_links_are_lines_with_their_names(admin: Api, page: Any) -> None:
    people = [{"name": "Ada <A>", "email": "ada@customer.test"}, {"name": "Bo", "email": "bo@customer.test"}]
    body = {"page": page["id"], "people": people, "content": {"label": "Book"}}
    made = created(await admin.post("/links/batch", body))
    one, two = (item["url"] for item in made["items"])
    assert made["text"] == f"Ada <A>: {one}\nBo: {two}"
    assert made["html"] == f'Ada &lt;A&gt;: <a href="{one}">Book</a><br>Bo: <a href="{two}">Book</a>'


async def test_a_repeated_call_gives_the_same_content(admin: Api, page: Any) -> None:
    body = {"page": page["id"], "content": {"style": "times", "starts": STARTS, **ENGLISH}}
    first = created(await admin.post("/links", body, idempotency_key="once"))
    assert created(await admin.post("/links", body, idempotency_key="once")) == first


async def test_the_event_type_is_named_where_there_are_several(admin: Api) -> None:
    types = [await admin.new_event_type(name=name) for name in ("Short", "Long")]
    page = await admin.new_page(*types)
    content = {"style": "times", "starts": STARTS[:1]}
    made = await admin.new_link(page, event_type=types[1]["id"], content=content)
    assert f"event_type={types[1]['id']}" in made["text"]
    assert "event_type" not in (await admin.new_link(page, content=content))["text"]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"style": "times"}, "content.starts"),
        ({"timezone": "Mars/Olympus"}, "content.timezone"),
        ({"snippet": "x" * 501}, "content.snippet"),
        ({"label": "two\nlines"}, "content.label"),
        ({"style": "image"}, "content.style"),
        ({"locale": "not a tag"}, "content.locale"),
        ({"starts": ["soon"]}, "content.starts.0"),
        ({"starts": STARTS * 20}, "content.starts"),
    ],
)
async def test_wrong_content_makes_no_link(admin: Api, page: Any, content: Any, field: str) -> None:
    reply = await admin.post("/links", {"page": page["id"], "content": content})
    refused(reply, 422, "invalid", field)
    assert answered(await admin.get("/links"))["items"] == []


async def test_the_general_link_of_a_page_is_ready_to_insert_too(admin: Api, page: Any) -> None:
    body = {"content": {"style": "times", "starts": STARTS[:1], **ENGLISH}}
    found = answered(await admin.post(f"/pages/{page['id']}/content", body))
    assert found["url"].endswith(f"/{page['slug']}")
    assert found["text"].count(f"{found['url']}?") == 2
    assert answered(await admin.post(f"/pages/{page['id']}/content", {}))["text"] == found["url"]


async def test_a_sample_shows_a_one_time_link_and_makes_none(admin: Api) -> None:
    types = [await admin.new_event_type(name=name) for name in ("Short", "Long")]
    page = await admin.new_page(*types, general_link=False)
    asked = {"sample": True, "event_type": types[1]["id"], "content": {"style": "sentence", **ENGLISH}}
    found = answered(await admin.post(f"/pages/{page['id']}/content", asked))
    made = await admin.new_link(page, event_type=types[1]["id"], content=asked["content"])
    assert found["url"].endswith("/.…")
    assert found["text"].replace(found["url"], made["url"]) == made["text"]
    assert found["html"].replace(found["url"], made["url"]) == made["html"]
    assert [link["id"] for link in answered(await admin.get("/links"))["items"]] == [made["id"]]
    static = await admin.new_master_page(
        title="All", slug="all", rule_type="static", pages=[page["id"]], distribution="pooled"
    )
    reply = await admin.post(f"/pages/{static['id']}/content", {"sample": True})
    refused(reply, 422, "invalid", "sample")


async def test_what_has_no_general_link_says_so(admin: Api) -> None:
    page = await admin.new_page(await admin.new_event_type(), general_link=False)
    refused(await admin.post(f"/pages/{page['id']}/content", {}), 422, "invalid", "content")
    refused(await admin.post("/pages/zzzzzzzzzzzz/content", {}), 404, "not-found")


def _plain(text: str) -> str:
    """The text with plain blanks, where CLDR has narrow ones."""
    return re.sub("[\u00a0\u202f\u2009]", " ", unescape(text))
