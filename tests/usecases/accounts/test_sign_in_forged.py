"""What comes back and did not leave from this browser, or is not what Google said, signs nobody in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from admitone.domain.errors import SignInExpired
from admitone.google.errors import GoogleRefused
from admitone.sealing import Carried, Kept, Purpose, Sealer
from tests.support.accounts.browser import ADA, OLGA, UNVERIFIED, refuses
from tests.support.accounts.people import sessions, workspaces
from tests.support.accounts.site import CALLBACK
from tests.support.factories import SEALER
from tests.support.fakegoogle.running import CHALLENGE
from tests.support.store.examples import examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser
    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle

HOSTILE = ["", "%", "%00", "%FF", "%ED%A0%80", "%0D%0ASet-Cookie:x=y", "../..", "%F0%9F%8E%9F", "x" * 4000]
COOKIE_VALUES = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), max_size=60)


@pytest.fixture
async def nobody(redis: Redis) -> AsyncIterator[None]:
    """After the test nobody has been made, and nobody is signed in."""
    yield
    assert await workspaces(redis) == []
    assert await sessions(redis) == []
    assert [key async for key in redis.scan_iter(match="ao:{dir:*")] == []


pytestmark = pytest.mark.usefixtures("nobody")


@pytest.mark.parametrize("state", HOSTILE)
async def test_a_state_that_was_never_given_is_refused(browser: Browser, state: str) -> None:
    ready = await browser.choose(await browser.begin(), ADA)
    refuses(await browser.get(f"{CALLBACK}?state={state}&code={ready.query['code']}"), SignInExpired)
    assert browser.session is None


@pytest.mark.parametrize("query", ["", "?code=4/x", "?error=access_denied", "?code=4/x&error=access_denied"])
async def test_without_a_state_nothing_else_is_looked_at(browser: Browser, query: str) -> None:
    await browser.begin()
    refuses(await browser.get(CALLBACK + query), SignInExpired)


async def test_a_person_reads_the_refusal_on_a_page(browser: Browser) -> None:
    answer = await browser.get(CALLBACK, Accept="text/html,application/xhtml+xml")
    assert answer.headers["Content-Type"].startswith("text/html")
    refuses(answer, SignInExpired)
    assert "Sign in again" in answer.text


async def test_another_browsers_state_is_refused(browser: Browser, site: Site) -> None:
    """Whoever lures others to their own callback would have them work in their account."""
    olga = site.browser()
    ready = await olga.choose(await olga.begin(), OLGA)
    refuses(await browser.get(ready), SignInExpired)
    await browser.begin()
    refuses(await browser.get(ready), SignInExpired)
    assert browser.session is None


async def test_the_cookie_of_another_attempt_does_not_open(browser: Browser, site: Site) -> None:
    """Neither one of somebody else nor an earlier one of the same browser, under the right name."""
    olga = site.browser()
    await olga.begin()
    await browser.begin()
    others = [*olga.attempts.values(), *browser.attempts.values()]
    ready = await browser.choose(await browser.begin(), ADA)
    [name] = [name for name, value in browser.attempts.items() if value not in others]
    for other in others:
        browser.plant({name: other})
        refuses(await browser.get(ready), SignInExpired)


@pytest.mark.parametrize("place", [0, 5, 12, 40, -1])
async def test_an_altered_attempt_is_refused(browser: Browser, place: int) -> None:
    ready = await browser.choose(await browser.begin(), ADA)
    [[name, sealed]] = browser.attempts.items()
    altered = list(sealed)
    altered[place] = "A" if altered[place] != "A" else "B"
    browser.plant({name: "".join(altered)})
    refuses(await browser.get(ready), SignInExpired)


@pytest.mark.parametrize(
    ("sealer", "purpose"),
    [(Sealer({"test": bytes(32)}), Carried.SIGN_IN), (SEALER, Carried.BOOKED), (SEALER, Kept.CODE)],
)
async def test_an_attempt_sealed_elsewhere_or_for_something_else_is_refused(
    browser: Browser, sealer: Sealer, purpose: Purpose
) -> None:
    ready = await browser.choose(await browser.begin(), ADA)
    [[name, sealed]] = browser.attempts.items()
    state = ready.query["state"]
    opened = SEALER.open(Carried.SIGN_IN, state, sealed)
    assert json.loads(opened)["attempt"]["state"] == state
    browser.plant({name: sealer.seal(purpose, state, opened)})
    refuses(await browser.get(ready), SignInExpired)


@given(sealed=COOKIE_VALUES)
@examples(40)
async def test_whatever_else_is_in_the_cookie_is_refused(site: Site, sealed: str) -> None:
    browser = site.browser()
    google = await browser.begin()
    [name] = browser.attempts
    answer = await browser.get(
        f"{CALLBACK}?state={google.query['state']}&code=4/x", Cookie=f"{name}={sealed}"
    )
    refuses(answer, SignInExpired)


async def test_ten_minutes_are_all_that_a_person_has_at_google(browser: Browser, clock: Clock) -> None:
    ready = await browser.choose(await browser.begin(), ADA)
    clock.forward(minutes=10)
    refuses(await browser.get(ready), SignInExpired)


async def test_a_code_that_was_planted_is_of_no_use(browser: Browser, site: Site) -> None:
    """Its verifier is in another browser; PKCE refuses it, whosever state it comes with."""
    olga = site.browser()
    planted = (await olga.choose(await olga.begin(), OLGA)).query["code"]
    state = (await browser.begin()).query["state"]
    refuses(await browser.get(back(state, planted)), GoogleRefused)
    assert browser.session is None


async def test_a_code_that_was_got_with_another_nonce_is_of_no_use(browser: Browser) -> None:
    """Somebody changed the address on the way to Google; the id token carries what they put in."""
    google = await browser.begin()
    ready = await browser.choose(google.update_query(nonce="another"), ADA)
    refuses(await browser.get(ready), GoogleRefused)


async def test_a_code_that_was_got_with_another_challenge_is_of_no_use(browser: Browser) -> None:
    google = await browser.begin()
    ready = await browser.choose(google.update_query(code_challenge=CHALLENGE), ADA)
    refuses(await browser.get(ready), GoogleRefused)


@pytest.mark.parametrize("code", ["", "x", "4/x", "4%2F%0D%0AX:%20y", "%00", "%FF", "4/" + "x" * 4000])
async def test_a_code_that_google_never_gave_is_refused(browser: Browser, code: str) -> None:
    state = (await browser.begin()).query["state"]
    refuses(await browser.get(f"{CALLBACK}?state={state}&code={code}"), GoogleRefused)


@pytest.mark.parametrize(
    "forgery",
    [
        {"algorithm": "none"},
        {"algorithm": "HS256"},
        {"key": "other"},
        {"key": "other_with_kid"},
        {"claims": {"aud": "another-client"}},
        {"claims": {"azp": "another-client"}},
        {"claims": {"iss": "https://accounts.google.com.evil.test"}},
        {"claims": {"iss": "http://accounts.google.com"}},
        {"claims": {"exp": 1}},
        {"claims": {"exp": None}},
        {"claims": {"iat": 32503680000}},
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"email_verified": False}},
        {"claims": {"email_verified": None}},
        {"claims": {"email": None}},
        {"claims": {"sub": None}},
    ],
    ids=json.dumps,
)
async def test_an_id_token_that_does_not_hold_is_refused(
    browser: Browser, google: FakeGoogle, forgery: dict[str, Any]
) -> None:
    await google.fault("oauth2.token", "forged_id_token", forgery=forgery)
    refuses(await browser.come_back(ADA), GoogleRefused)
    assert browser.session is None


async def test_an_address_that_google_has_not_verified_is_refused_with_the_reason(browser: Browser) -> None:
    answer = await browser.come_back(UNVERIFIED)
    refuses(answer, GoogleRefused)
    assert answer.body["detail"] == "Google has not verified the address of this account."


def back(state: str, code: str) -> URL:
    """Google's answer, put together by somebody else."""
    return URL(CALLBACK).with_query(state=state, code=code)
