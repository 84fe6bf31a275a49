"""`/api/docs`: every call is there, can be found, and can be tried; with scripts and without."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import pytest
from playwright.async_api import expect

import admitone
from admitone.domain.errors import Refusal
from admitone.web.api import openapi
from admitone.web.http.problems import STATUS
from admitone.web.openapi import reference
from admitone.web.openapi.calls import read_calls
from admitone.web.openapi.document import describe
from admitone.web.openapi.problem_list import known_problems
from admitone.web.routes import ROUTES
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import running_dashboard
from tests.support.patience import PATIENCE_MS
from tests.support.sizes import FULL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment
    from tests.support.dashboard.server import DashboardServer

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
KEEP_A_FEW = "() => [...document.querySelectorAll('article')].slice(8).forEach((one) => one.remove())"
DOCUMENT = describe(ROUTES, "https://book.example")
SECTIONS = read_calls(DOCUMENT, ROUTES)
CALLS = [call for section in SECTIONS for call in section.calls]
PAGES = ["", *(f"/{section.id}" for section in SECTIONS), "/problems", "/records"]
LARGEST = 250_000
"""Bytes of a page at most: whoever looks for one call does not load all of them."""


@pytest.fixture
async def dashboard(redis_url: str, clock: Clock) -> AsyncIterator[DashboardServer]:
    """A server whose pages know who is signed in."""
    async with running_dashboard(redis_url, clock) as running:
        yield running


async def test_every_call_is_on_the_page_of_its_subject_and_listed(deployment: Deployment) -> None:
    texts = await _pages(deployment)
    for section in SECTIONS:
        for call in section.calls:
            assert f'id="{call.id}"' in texts[f"/{section.id}"]
            assert f'href="/api/docs/{section.id}#{call.id}"' in texts[""]
    assert len(CALLS) == sum(len(methods) for methods in DOCUMENT["paths"].values())
    assert max(len(text.encode()) for text in texts.values()) <= LARGEST


async def test_a_subject_that_does_not_exist_has_no_page(deployment: Deployment) -> None:
    async with deployment.http.get(f"{deployment.url}/api/docs/nonsense") as answer:
        assert answer.status == 404


async def _pages(deployment: Deployment) -> dict[str, str]:
    """Every page of the reference by its address below `/api/docs`."""
    texts = {}
    for page in PAGES:
        async with deployment.http.get(f"{deployment.url}/api/docs{page}") as answer:
            assert answer.status == 200
            texts[page] = await answer.text()
    return texts


@pytest.mark.parametrize("path", ["/api/docs/problems", "/api/openapi.json"])
async def test_what_is_large_is_made_once(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """The attack: ask for it again and again, each time in an encoding that has to be computed."""
    makers = {"/api/docs/problems": (reference, "known_problems"), "/api/openapi.json": (openapi, "msgspec")}
    texts = set()
    for encoding in ("identity", "gzip", "deflate", "br, zstd", "gzip"):
        headers = {"Accept-Encoding": encoding}
        async with deployment.http.get(f"{deployment.url}{path}", headers=headers) as answer:
            assert answer.status == 200
            assert answer.headers.get("Content-Encoding") == ("gzip" if encoding == "gzip" else None)
            texts.add(await answer.text())
        monkeypatch.setattr(*makers[path], None)
    assert len(texts) == 1


async def test_every_link_within_leads_somewhere(deployment: Deployment) -> None:
    texts = await _pages(deployment)
    ids = {page: re.findall(r'\bid="([^"]+)"', text) for page, text in texts.items()}
    for page, text in texts.items():
        assert len(ids[page]) == len(set(ids[page]))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids[page])
        for path, anchor in re.findall(r'href="/api/docs([^"#]*)(?:#([^"]+))?"', text):
            assert path in texts
            assert not anchor or anchor in ids[path]


JSON_CALLS = [call for call in CALLS if call.body and not call.body.is_file]


@pytest.mark.parametrize("call", JSON_CALLS, ids=lambda call: call.id)
def test_example_bodies_are_taken(call: Any) -> None:
    operation = DOCUMENT["paths"][call.path][call.method.lower()]
    [content] = operation["requestBody"]["content"].values()
    schema = content["schema"]
    example = msgspec.json.decode(call.body.example)
    assert example
    if "$ref" in schema:
        record = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        assert set(record.get("required", ())) <= set(example) <= set(record["properties"])


def test_calls_can_be_told_apart() -> None:
    assert len({call.summary for call in CALLS}) == len(CALLS)


def test_problems_named_for_calls_are_known() -> None:
    codes = {problem.code for problem in known_problems()}
    assert {code for call in CALLS for code in call.problems} <= codes


def test_every_refusal_of_the_server_is_known() -> None:
    for module in pkgutil.walk_packages(admitone.__path__, "admitone."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    codes = {refusal.code for refusal in Refusal.all() if refusal.__module__.startswith("admitone.")}
    assert codes | {"internal"} == {problem.code for problem in known_problems()}


@pytest.mark.parametrize("code", sorted({refusal.code for refusal in STATUS} | {"internal"}))
async def test_every_code_has_a_page(deployment: Deployment, code: str) -> None:
    async with deployment.http.get(f"{deployment.url}/problems/{code}") as answer:
        assert answer.status == 200
        assert code in await answer.text()


async def test_an_unknown_code_has_none(deployment: Deployment) -> None:
    async with deployment.http.get(f"{deployment.url}/problems/nonsense") as answer:
        assert answer.status == 404


async def test_examples_name_what_the_caller_has(dashboard: DashboardServer) -> None:
    admin = await dashboard.user("administrator", name="Ada Admin")
    event_type = await admin.new_event_type()
    page = await admin.new_page(event_type)
    link = await admin.new_link(page)
    booking = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    links = await (await dashboard.get(admin, "/api/docs/links")).text()
    assert f"&#34;page&#34;: &#34;{page['id']}&#34;" in links
    assert f"/api/v1/links/{link['id']}/revoke&#39;" in links
    assert links.count(f'value="{link["id"]}"') == 1, "only a call that changes nothing is filled in"
    bookings = await (await dashboard.get(admin, "/api/docs/bookings")).text()
    assert booking["id"] in bookings
    types = await (await dashboard.get(admin, "/api/docs/event-types")).text()
    assert f"/api/v1/event-types/{event_type['id']}" in types
    for known in (page["id"], link["id"], booking["id"], event_type["id"]):
        for subject in ("links", "bookings", "event-types"):
            assert known not in await (await dashboard.get(None, f"/api/docs/{subject}")).text()


async def test_a_session_that_has_ended_still_reads_the_reference(dashboard: DashboardServer) -> None:
    admin = await dashboard.user("administrator")
    ended = {"Cookie": f"admitone={(await dashboard.session(admin))[:-1]}0"}
    answer = await dashboard.get(None, "/api/docs/links", **ended)
    assert answer.status == 200


@pytest.mark.browser
async def test_calls_are_found(deployment: Deployment, chromium: Browser) -> None:
    page = await _open(deployment, chromium)
    await page.get_by_label("Find a call").press_sequentially("revoke link")
    await expect(page.locator("#filter-found")).to_have_text("1 call")
    revoke, me = (page.locator(f'[data-call] a[href$="#{call}"]') for call in ("link_revoke", "me_get"))
    await expect(revoke).to_be_visible()
    await expect(me).to_be_hidden()
    await page.get_by_label("Find a call").fill("")
    await expect(me).to_be_visible()
    await revoke.click()
    await expect(page.locator("#link_revoke")).to_be_in_viewport()


@pytest.mark.browser
async def test_a_call_is_tried(deployment: Deployment, chromium: Browser, admin: Api) -> None:
    page = await _open(deployment, chromium, "/api/docs/event-types")
    await page.get_by_label("Your API key").fill(admin.key or "")
    form = page.get_by_role("form", name="Try: Create an event type")
    await form.get_by_label("Body").fill('{"name": "From the page", "duration_minutes": 20}')
    await form.get_by_role("button", name="Send").click()
    await expect(form.get_by_role("status")).to_contain_text("201 Created")
    await expect(form.get_by_role("status")).to_contain_text('"name": "From the page"')
    assert [one["name"] for one in (await admin.get("/event-types")).items] == ["From the page"]
    kept = await page.evaluate("() => localStorage.length + sessionStorage.length + document.cookie.length")
    assert kept == 0


@pytest.mark.browser
async def test_a_call_is_tried_by_keyboard_alone(
    deployment: Deployment, chromium: Browser, admin: Api
) -> None:
    page = await _open(deployment, chromium, "/api/docs/me")
    await page.get_by_label("Your API key").focus()
    await page.keyboard.type(admin.key or "")
    button = page.get_by_role("form", name="Try: Show who is calling").get_by_role("button")
    await page.goto(f"{deployment.url}/api/docs/me#me_get")
    await page.locator("#me_get a").focus()
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await button.evaluate("it => it === document.activeElement"):
            break
    await page.keyboard.press("Enter")
    status = page.get_by_role("form", name="Try: Show who is calling").get_by_role("status")
    await expect(status).to_contain_text('"name": "Alex Admin"')


@pytest.mark.browser
async def test_a_refusal_is_shown(deployment: Deployment, chromium: Browser) -> None:
    page = await _open(deployment, chromium, "/api/docs/links")
    form = page.get_by_role("form", name="Try: Show a link with its timeline")
    await form.get_by_label("link").fill("nonsense/../..")
    await form.get_by_role("button", name="Send").click()
    await expect(form.get_by_role("status")).to_contain_text("401")
    await expect(form.get_by_role("status")).to_contain_text("/problems/unauthenticated")


@pytest.mark.browser
async def test_it_is_whole_without_scripts(deployment: Deployment, chromium: Browser) -> None:
    page = await _open(deployment, chromium, java_script_enabled=False)
    await expect(page.get_by_label("Find a call")).to_be_hidden()
    await page.get_by_role("link", name="Create a one-time link", exact=True).click()
    article = page.get_by_role("article", name="Create a one-time link", exact=True)
    await expect(article).to_contain_text("curl -X POST")
    await expect(article).to_contain_text("link")
    await expect(article.get_by_role("button")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.soak
@pytest.mark.parametrize(
    ("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["desk-light", "phone-dark"]
)
@pytest.mark.parametrize("path", ["/api/docs", "/api/docs/bookings", "/problems/slot-taken"])
async def test_axe_finds_nothing(
    deployment: Deployment, chromium: Browser, scheme: Literal["light", "dark"], size: Any, path: str
) -> None:
    """Every call on a desktop; under `make test`, a few on a phone, where only their looks are others."""
    page = await _open(deployment, chromium, path, color_scheme=scheme, viewport=size)
    assert await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    if path == "/api/docs" and size is PHONE and not FULL:
        await page.evaluate(KEEP_A_FEW)
    assert await violations(page) == []


async def _open(deployment: Deployment, chromium: Browser, path: str = "/api/docs", **context: Any) -> Page:
    """The page, which must ask for nothing elsewhere and break no policy."""
    window = await chromium.new_context(**context)
    window.set_default_timeout(PATIENCE_MS)
    page = await window.new_page()
    page.on("console", lambda message: pytest.fail(message.text) if "Policy" in message.text else None)
    page.on(
        "request", lambda request: pytest.fail(request.url) if deployment.url not in request.url else None
    )
    await page.goto(f"{deployment.url}{path}")
    return page
