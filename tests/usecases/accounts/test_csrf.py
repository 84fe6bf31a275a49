"""What a session changes needs the token of that session; what an API key changes needs none."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from admitone.domain.errors import BodyTooLarge, BodyTooSlow, CsrfMissing
from admitone.usecases.accounts.api_key_create import create_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody
from admitone.usecases.accounts.user_find import find_user
from admitone.web.http.route import Access
from admitone.web.http.session_cookie import csrf_token
from admitone.web.routes import ROUTES
from tests.support.accounts.browser import ADA, OLGA, refuses
from tests.support.raw_database import read_workspaces
from tests.support.web.raw_line import line_to

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from admitone.web.http.route import Route
    from tests.support.accounts.browser import Browser, Reply
    from tests.support.accounts.site import Site

GUARDED = [route for route in ROUTES if route.access in {Access.MEMBER, Access.ADMINISTRATOR}]
CHANGING = [route for route in GUARDED if route.method != "GET"]
BODY = {"name": "Half an hour", "duration_minutes": 30}


def address_of(route: Route) -> str:
    return re.sub(r"\{.+?\}", "0" * 26, route.path)


def test_every_change_that_a_cookie_could_make_is_looked_at() -> None:
    """What is open to all goes by no cookie, and what is a customer's or Google's by a token of its own."""
    paths = {route.path for route in CHANGING}
    assert {"/auth/sign-out", "/api/v1/links", "/api/v1/links/batch", "/api/v1/settings"} <= paths
    open_to_all = {route.path for route in ROUTES if route.access is Access.OPEN and route.method != "GET"}
    assert open_to_all == {"/addon", "/oauth/token", "/oauth/revoke", "/hooks/google/calendar"}


async def test_no_change_goes_through_without_the_sessions_own_token(
    browser: Browser, site: Site, redis: Redis
) -> None:
    """Every route, as a form and as JSON: without a token, and with those that an attacker could have."""
    olga = site.browser()
    await olga.sign_in(OLGA)
    await browser.sign_in(ADA)
    assert olga.session
    assert browser.session
    before = await read_workspaces(redis)
    wrong = ["", csrf_token(olga.session), csrf_token(""), browser.session, csrf_token(browser.session)[:-1]]
    for route in CHANGING:
        path = address_of(route)
        for token in wrong:
            headers = {"X-CSRF-Token": token}
            refuses(await browser.call(route.method, path, body=BODY, headers=headers), CsrfMissing)
        if route.limit.body:
            for token in wrong:
                refuses(await browser.call(route.method, path, data={"csrf": token}), CsrfMissing)
        refuses(await browser.call(route.method, path), CsrfMissing)
        in_address = f"{path}?csrf={csrf_token(browser.session)}"
        refuses(await browser.call(route.method, in_address), CsrfMissing)
    assert await read_workspaces(redis) == before
    assert await browser.me()


async def test_a_token_of_any_bytes_is_only_a_wrong_one(browser: Browser, site: Site) -> None:
    """aiohttp decodes bytes that are no UTF-8 to lone surrogates, which cannot be encoded."""
    await browser.sign_in(ADA)
    cookie = f"admitone={browser.session}".encode()
    for token in (b"\xff", b"\xc3\xa9", b"\xed\xa0\x80", b"a" * 26 + b"\x80"):
        async with line_to(site.address) as line:
            head = b"POST /auth/sign-out HTTP/1.1\r\nHost: x\r\nCookie: %b\r\nX-CSRF-Token: %b\r\n\r\n"
            line.writer.write(head % (cookie, token))
            answer = await line.answer()
        assert (answer.status, json.loads(answer.body)["type"]) == (403, "/problems/csrf")


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        ("text/plain", "csrf={}"),
        ("application/json", '{{"csrf": "{}"}}'),
        ("multipart/form-data", "csrf={}"),
        ("multipart/form-data; boundary=", "csrf={}"),
        ("multipart/form-data; boundary=x", "csrf={}"),
        ("multipart/form-data; boundary=x", "--x\r\n\r\ncsrf={}\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{}'),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n{}\r\n--x--",
        ),
        ("application/x-www-form-urlencoded; charset=nonsense", "csrf={}"),
        ("application/x-www-form-urlencoded", "csrf=%FF%00{}"),
        ("application/x-www-form-urlencoded", "csrf[]={}"),
        ("application/x-www-form-urlencoded", "csrf=&csrf={}"),
        ("", "csrf={}"),
    ],
)
async def test_a_token_that_is_not_given_as_it_should_be_is_none(
    browser: Browser, content_type: str, data: str
) -> None:
    """Other sites can send such bodies, though not with the right token; nothing of it is our failure."""
    await browser.sign_in(ADA)
    body = data.format(csrf_token(browser.session or "")).encode()
    headers = {"Content-Type": content_type}
    refuses(await browser.call("POST", "/auth/sign-out", data=body, headers=headers), CsrfMissing)
    assert await browser.me()


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        ("application/x-www-form-urlencoded; charset=nonsense", "name=Ada"),
        ("application/x-www-form-urlencoded", b"name=\xff\xfe"),
        ("multipart/form-data", "name=Ada"),
        ("multipart/form-data; boundary=x", "name=Ada"),
        ("multipart/form-data; boundary=x", "--x\r\n\r\nname=Ada\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nA'),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--x--"),
        ("application/json", '{"name": "Ada"}'),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused_with_the_right_token_too(
    browser: Browser, content_type: str, data: str | bytes
) -> None:
    await browser.sign_in(ADA)
    headers = {"Content-Type": content_type, "X-CSRF-Token": csrf_token(browser.session or "")}
    body = data.encode() if isinstance(data, str) else data
    for path in (
        "/dashboard/settings",
        "/dashboard/settings/workspace",
        "/dashboard/settings/api-keys",
        "/dashboard/event-types",
        "/dashboard/pages",
    ):
        answer = await browser.call("POST", path, data=body, headers=headers)
        assert answer.status == 422, answer


async def test_a_form_that_does_not_arrive_holds_nobody_up(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.sign_in(ADA)
    monkeypatch.setattr("admitone.web.http.posted_form.BODY_SECONDS", 0.05)
    ends = asyncio.Event()

    async def trickle() -> AsyncIterator[bytes]:
        yield b"csrf="
        await ends.wait()

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    refuses(await browser.call("POST", "/auth/sign-out", data=trickle(), headers=headers), BodyTooSlow)
    ends.set()


async def test_a_form_that_is_too_large_is_refused(browser: Browser) -> None:
    await browser.sign_in(ADA)
    form = {"csrf": csrf_token(browser.session or ""), "more": "x" * 65_536}
    refuses(await browser.call("POST", "/auth/sign-out", data=form), BodyTooLarge)
    assert await browser.me()


async def test_a_file_is_no_token(browser: Browser) -> None:
    await browser.sign_in(ADA)
    form = aiohttp.FormData()
    form.add_field("csrf", csrf_token(browser.session or "").encode(), filename="csrf")
    for path in ("/auth/sign-out", "/dashboard/settings/photo"):
        refuses(await browser.call("POST", path, data=form), CsrfMissing)


async def test_with_the_token_a_form_and_a_call_go_through(browser: Browser) -> None:
    await browser.sign_in(ADA)
    token = csrf_token(browser.session or "")
    made = await browser.call("POST", "/api/v1/event-types", body=BODY, headers={"X-CSRF-Token": token})
    assert made.status == 201
    form = {"csrf": token}
    assert (await browser.call("POST", "/auth/sign-out", data=form)).status == 303
    assert await browser.me() is None


async def test_an_api_key_needs_no_token_with_a_session_or_without(browser: Browser, site: Site) -> None:
    await browser.sign_in(ADA)
    found = await find_user(site.services, ADA)
    assert found
    key = {
        "Authorization": f"Bearer {await create_api_key(site.services, *found, ApiKeyBody(label='tests'))}"
    }
    for caller in browser, site.browser():
        made = await caller.call("POST", "/api/v1/event-types", body=BODY, headers=key)
        assert made.status == 201
    await check_other_calls(site.browser(), key)


async def check_other_calls(caller: Browser, key: dict[str, str]) -> None:
    for route in CHANGING:
        answer = await caller.call(route.method, address_of(route), body=BODY, headers=key)
        assert not is_csrf(answer), route


def is_csrf(answer: Reply) -> bool:
    return answer.status == 403 and CsrfMissing.sentence in answer.text


async def test_no_other_site_is_answered_with_credentials(browser: Browser) -> None:
    """So that a script there reads neither a page's token nor an answer, whatever its visitor's session."""
    await browser.sign_in(ADA)
    foreign: dict[str, Any] = {"Origin": "https://evil.test"}
    for path in "/api/v1/me", "/dashboard", "/auth/google/start":
        answer = await browser.get(path, **foreign)
        assert "Access-Control-Allow-Credentials" not in answer.headers
    preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "X-CSRF-Token"}
    answer = await browser.call("OPTIONS", "/api/v1/links", headers={**foreign, **preflight})
    assert "x-csrf-token" not in answer.headers["Access-Control-Allow-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in answer.headers
