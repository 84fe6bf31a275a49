"""Signing in, from the button to the page that the person wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import GoogleNotConfigured, SignInExpired
from tests.support.accounts.browser import ADA, MAX, SAM, refuses
from tests.support.accounts.people import the_workspace, workspaces
from tests.support.accounts.site import CALLBACK, ORIGIN, SECURE_ORIGIN, running_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser
    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle

LONGEST_NEXT = "/" + "x" * 1999


@pytest.fixture
async def secure_site(redis_url: str, google: FakeGoogle, clock: Clock) -> AsyncIterator[Site]:
    """A server that browsers reach by https."""
    async with running_site(redis_url, google, clock, origin=SECURE_ORIGIN) as one:
        yield one


async def test_somebody_signs_in_and_is_who_they_are(browser: Browser, redis: Redis) -> None:
    me = await browser.sign_in(ADA)
    assert (me["email"], me["name"], me["role"]) == (ADA, "Ada Keller", "administrator")
    workspace = await the_workspace(redis)
    assert workspace.users.keys() == {me["id"]}
    assert (workspace.id, workspace.settings["name"]) == (me["workspace"]["id"], "Acme")


async def test_signing_in_again_is_the_same_person_in_another_session(browser: Browser) -> None:
    first, session = await browser.sign_in(SAM), browser.session
    assert await browser.sign_in(SAM) == first
    assert browser.session != session


async def test_google_is_asked_with_what_nobody_can_guess_and_told_no_secret(browser: Browser) -> None:
    asked = [await browser.begin() for _ in range(2)]
    for url in asked:
        assert url.query["redirect_uri"] == f"{ORIGIN}{CALLBACK}"
        assert url.query["scope"] == "openid email profile"
        assert url.query["code_challenge_method"] == "S256"
        assert "client_secret" not in url.query
    for name in "state", "nonce", "code_challenge":
        values = {url.query[name] for url in asked}
        assert len(values) == 2
        assert all(len(value) == 43 for value in values)


async def test_the_person_comes_to_the_page_that_they_wanted(browser: Browser) -> None:
    answer = await browser.come_back(ADA, "/dashboard/links?status=active&q=caf%C3%A9")
    assert answer.wanted == "/dashboard/links?status=active&q=caf%C3%A9"
    assert (await browser.come_back(ADA)).headers["Location"] == "/dashboard"


async def test_two_tabs_sign_in_at_once_each_to_its_own_page(browser: Browser) -> None:
    one, other = await browser.begin("/dashboard/links"), await browser.begin("/dashboard/pages")
    one, other = await browser.choose(one, ADA), await browser.choose(other, ADA)
    assert (await browser.get(other)).wanted == "/dashboard/pages"
    first = await browser.me()
    assert (await browser.get(one)).headers["Location"] == "/dashboard/links"
    assert await browser.me() == first
    assert browser.attempts == {}


async def test_of_two_accounts_in_two_tabs_the_last_one_stays(browser: Browser) -> None:
    one, other = await browser.begin(), await browser.begin()
    await browser.get(await browser.choose(one, ADA))
    await browser.get(await browser.choose(other, SAM))
    assert (await browser.me())["email"] == SAM


@pytest.mark.parametrize("to", [None, LONGEST_NEXT])
async def test_however_often_the_button_is_pressed_the_last_time_works(
    browser: Browser, to: str | None
) -> None:
    for _ in range(30):
        await browser.begin(to)
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        assert len(cookies) < 4200
    answer = await browser.come_back(ADA, to)
    assert answer.wanted == (to or "/dashboard")
    assert await browser.me()


async def test_the_cookies_are_for_this_server_alone_and_for_no_script(browser: Browser) -> None:
    start = await browser.get("/auth/google/start")
    back = await browser.get(await browser.choose(start.location, ADA))
    attempt, [session, gone] = start.cookies[0], back.cookies
    assert attributes(attempt) == {"httponly", "max-age=600", "path=/", "samesite=lax"}
    assert attributes(session) == {"httponly", "max-age=2592000", "path=/", "samesite=lax"}
    assert session.startswith("admitone=")
    assert gone.partition("=")[0] == attempt.partition("=")[0]
    assert "max-age=0" in attributes(gone)


async def test_by_https_no_other_host_can_plant_them(secure_site: Site) -> None:
    browser = secure_site.browser()
    start = await browser.get("/auth/google/start")
    back = await browser.get(await browser.choose(start.location, ADA))
    assert (await browser.me())["email"] == ADA
    for cookie in *start.cookies, *back.cookies:
        assert cookie.startswith("__Host-admitone"), cookie
        assert {"secure", "path=/", "httponly", "samesite=lax"} <= attributes(cookie)
        assert not any(attribute.startswith("domain") for attribute in attributes(cookie))
    assert "Strict-Transport-Security" in back.headers


async def test_by_https_cookies_without_the_prefix_are_nothing(secure_site: Site) -> None:
    """Such a cookie a neighbour at another name of the same domain can set."""
    ada, browser = secure_site.browser(), secure_site.browser()
    await ada.sign_in(ADA)
    assert ada.session
    browser.plant({"admitone": ada.session})
    assert await browser.me() is None
    ready = await ada.choose(await ada.begin(), ADA)
    browser.plant({name.removeprefix("__Host-"): value for name, value in ada.attempts.items()})
    refuses(await browser.get(ready), SignInExpired)


async def test_a_server_that_lost_googles_client_says_so(
    browser: Browser, redis_url: str, google: FakeGoogle, clock: Clock
) -> None:
    ready = await browser.choose(await browser.begin(), MAX)
    async with running_site(redis_url, google, clock, is_registered=False) as site:
        browser.address = site.address
        refuses(await browser.get("/auth/google/start"), GoogleNotConfigured)
        refuses(await browser.get(ready), GoogleNotConfigured)


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "PATCH", "DELETE"])
async def test_only_get_uses_the_code_up(browser: Browser, redis: Redis, method: str) -> None:
    ready = await browser.choose(await browser.begin(), ADA)
    answer = await browser.call(method, ready)
    assert (answer.status, answer.cookies) == (405, [])
    assert await workspaces(redis) == []
    assert (await browser.get(ready)).status == 303
    assert (await browser.me())["email"] == ADA


def attributes(cookie: str) -> set[str]:
    """The attributes of a Set-Cookie header in lower case, without the date that repeats Max-Age."""
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    return {part for part in parts if not part.startswith("expires")}
