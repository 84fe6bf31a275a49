"""A whole sign-in of the app, over Google's page and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from yarl import URL

from admitone.domain.errors import SignUpClosed
from admitone.fakegoogle.state import State
from admitone.web.http.session_cookie import csrf_token
from tests.support.accounts.browser import ADA, MAX, refuses
from tests.support.accounts.site import REGISTERED, SECURE_ORIGIN, running_site
from tests.support.api.deployment import Clock
from tests.support.fakegoogle.running import running, signing_key
from tests.support.oauth.app import CHALLENGE, REDIRECT_URI, VERIFIER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.accounts.browser import Browser, Reply
    from tests.support.fakegoogle.running import FakeGoogle

STATE = "&?#/ %" * 80
AUTHORIZE = URL("/oauth/authorize").with_query(
    response_type="code",
    client_id="admitone-extension",
    redirect_uri=REDIRECT_URI,
    code_challenge=CHALLENGE,
    code_challenge_method="S256",
    state=STATE,
)


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """A stand-in with its demo accounts."""
    async with running(State(key=signing_key(), clients=[REGISTERED])) as one:
        yield one


@pytest.fixture
async def browser(redis_url: str, google: FakeGoogle) -> AsyncIterator[Browser]:
    """Somebody's browser before a server that https leads to."""
    async with running_site(
        redis_url,
        google,
        Clock(),
        origin=SECURE_ORIGIN,
        SIGN_UP="open",
        EXTENSION_REDIRECT_URIS=f"https://x.test/,{REDIRECT_URI}",
    ) as site:
        yield site.browser()


async def test_who_is_not_signed_in_signs_in_with_google_and_is_sent_back(browser: Browser) -> None:
    start = (await browser.get(AUTHORIZE)).location
    google = (await browser.get(start)).location
    again = URL((await browser.get(await browser.choose(google, ADA))).wanted, encoded=True)
    back = (await _allow(browser, again)).location
    assert str(back.with_query(None)) == REDIRECT_URI
    assert (back.query["state"], back.query["iss"]) == (STATE, SECURE_ORIGIN)
    assert await _who(browser, back.query["code"]) == ADA


async def test_who_is_signed_in_and_has_allowed_the_app_is_sent_back_at_once(browser: Browser) -> None:
    await browser.sign_in(MAX)
    await _allow(browser, AUTHORIZE)
    back = (await browser.get(AUTHORIZE)).location
    assert await _who(browser, back.query["code"]) == MAX


async def test_signing_out_ends_the_consent(browser: Browser) -> None:
    await browser.sign_in(MAX)
    await _allow(browser, AUTHORIZE)
    assert any("admitone_app_" in name for name in browser.cookies)
    await browser.call("POST", "/auth/sign-out", data={"csrf": csrf_token(browser.session or "")})
    assert browser.cookies == {}
    await browser.sign_in(MAX)
    assert (await browser.get(AUTHORIZE)).status == 200


async def test_another_account_in_the_same_browser_is_asked(browser: Browser) -> None:
    await browser.sign_in(MAX)
    await _allow(browser, AUTHORIZE)
    await browser.sign_in(ADA)
    page = await browser.get(AUTHORIZE)
    assert page.status == 200
    assert ADA in page.text


async def test_who_is_signed_in_can_choose_another_account(browser: Browser) -> None:
    await browser.sign_in(MAX)
    start = (await browser.get(AUTHORIZE.update_query(prompt="select_account"))).location
    google = (await browser.get(start)).location
    again = URL((await browser.get(await browser.choose(google, ADA))).wanted, encoded=True)
    back = (await _allow(browser, again)).location
    assert await _who(browser, back.query["code"]) == ADA


async def test_who_may_not_sign_in_gets_no_code(redis_url: str, google: FakeGoogle) -> None:
    async with running_site(
        redis_url, google, Clock(), SIGN_UP="invited", EXTENSION_REDIRECT_URIS=REDIRECT_URI
    ) as site:
        browser = site.browser()
        start = (await browser.get(AUTHORIZE)).location
        page = (await browser.get(start)).location
        refuses(await browser.get(await browser.choose(page, ADA)), SignUpClosed)
        assert (await browser.get(AUTHORIZE)).location.path == "/auth/google/start"


async def _allow(browser: Browser, authorize: URL) -> Reply:
    """The page that asks, and its button."""
    page = await browser.get(authorize)
    assert page.status == 200, page
    assert "to act for you?" in page.text
    return await browser.call("POST", authorize, data={"csrf": csrf_token(browser.session or "")})


async def _who(browser: Browser, code: str) -> str:
    """The address of whoever the code is of."""
    form = {
        "grant_type": "authorization_code",
        "client_id": "admitone-extension",
        "code": code,
        "code_verifier": VERIFIER,
        "redirect_uri": REDIRECT_URI,
    }
    answer = await browser.call("POST", "/oauth/token", data=form)
    assert answer.status == 200, answer
    browser.jar.clear()
    me = await browser.get("/api/v1/me", Authorization=f"Bearer {answer.body['access_token']}")
    email: str = me.body["email"]
    return email
