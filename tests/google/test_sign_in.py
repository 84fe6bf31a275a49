"""Signing in against fakegoogle: who gets in, and what of Google's answers is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from yarl import URL

from admitone.fakegoogle.demo import CLIENT
from admitone.google.endpoints import google_endpoints
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from admitone.google.sign_in import GoogleSignIn, SignInAttempt, new_attempt
from tests.support.fakegoogle.running import until
from tests.support.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.fakegoogle.running import FakeGoogle

REDIRECT_URI = CLIENT.redirect_uris[0]


class Browser:
    """Somebody who signs in, and the server that they sign in to."""

    def __init__(self, google: FakeGoogle, http: aiohttp.ClientSession) -> None:
        self.google = google
        self.sign_in = GoogleSignIn(
            http,
            google_endpoints(google.url),
            client_id=CLIENT.client_id,
            client_secret=CLIENT.client_secret,
        )

    async def visit(self, account: str, attempt: SignInAttempt) -> URL:
        """Choose the account on Google's page: where that leads."""
        url = self.sign_in.authorization_url(attempt, REDIRECT_URI)
        async with self.google.http.post(url, data={"account": account}, allow_redirects=False) as answer:
            return URL(answer.headers["Location"])

    async def identify(self, account: str = "admin@acme.test") -> Any:
        """A whole sign-in."""
        attempt = new_attempt()
        code = (await self.visit(account, attempt)).query["code"]
        return await self.sign_in.identify(code, attempt, REDIRECT_URI)


@pytest.fixture
async def browser(google: FakeGoogle) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as http:
        yield Browser(google, http)


async def test_somebody_of_a_domain_signs_in(browser: Browser) -> None:
    identity = await browser.identify("admin@acme.test")
    account = browser.google.state.data.accounts["admin@acme.test"]
    assert identity.issuer == "https://accounts.google.com"
    assert identity.subject == account.subject
    assert identity.email == "admin@acme.test"
    assert identity.email_verified is True
    assert identity.hd == "acme.test"
    assert identity.name == "Ada Keller"
    assert identity.locale == "en"


async def test_somebody_with_a_personal_account_signs_in(browser: Browser) -> None:
    assert (await browser.identify("sam@gmail.test")).hd is None


async def test_google_is_asked_with_state_nonce_and_pkce(browser: Browser) -> None:
    attempt = new_attempt()
    url = URL(browser.sign_in.authorization_url(attempt, REDIRECT_URI, login_hint="a@b.test"))
    assert url.query["state"] == attempt.state
    assert url.query["nonce"] == attempt.nonce
    assert url.query["code_challenge_method"] == "S256"
    assert attempt.verifier not in str(url)
    assert url.query["scope"] == "openid email profile"
    assert url.query["login_hint"] == "a@b.test"


async def test_the_state_comes_back_as_it_went(browser: Browser) -> None:
    attempt = new_attempt()
    assert (await browser.visit("admin@acme.test", attempt)).query["state"] == attempt.state


def test_no_attempt_is_like_another() -> None:
    attempts = [new_attempt() for _ in range(100)]
    values = {value for one in attempts for value in (one.state, one.nonce, one.verifier)}
    assert len(values) == 300
    assert all(len(value) == 43 for value in values)


@pytest.mark.parametrize(
    ("forgery", "reason"),
    [
        ({"key": "other"}, "id-token"),
        ({"key": "other_with_kid"}, "id-token"),
        ({"algorithm": "none"}, "id-token"),
        ({"algorithm": "HS256"}, "id-token"),
        ({"claims": {"exp": 1}}, "id-token"),
        ({"claims": {"exp": None}}, "id-token"),
        ({"claims": {"iat": 32503680000}}, "id-token"),
        ({"claims": {"iat": "now"}}, "id-token"),
        ({"claims": {"aud": "another-client"}}, "audience"),
        ({"claims": {"aud": [CLIENT.client_id, "another-client"]}}, "id-token"),
        ({"claims": {"aud": None}}, "id-token"),
        ({"claims": {"azp": "another-client"}}, "audience"),
        ({"claims": {"iss": "https://accounts.google.com.evil.test"}}, "issuer"),
        ({"claims": {"iss": "http://accounts.google.com"}}, "issuer"),
        ({"claims": {"iss": None}}, "id-token"),
        ({"claims": {"nonce": "another"}}, "nonce"),
        ({"claims": {"nonce": "bücher"}}, "nonce"),
        ({"claims": {"nonce": None}}, "id-token"),
        ({"claims": {"email_verified": False}}, "unverified-address"),
        ({"claims": {"email_verified": "true"}}, "id-token"),
        ({"claims": {"email_verified": None}}, "id-token"),
        ({"claims": {"email": None}}, "id-token"),
        ({"claims": {"sub": None}}, "id-token"),
        ({"claims": {"sub": 7}}, "id-token"),
    ],
)
async def test_an_id_token_that_does_not_hold_is_refused(
    browser: Browser, forgery: dict[str, Any], reason: str
) -> None:
    await browser.google.fault("oauth2.token", "forged_id_token", forgery=forgery)
    with pytest.raises(GoogleRefused) as refused:
        await browser.identify()
    assert refused.value.reason == reason
    assert not refused.value.retry
    assert (await browser.identify()).email == "admin@acme.test"


async def test_both_of_googles_issuers_are_one(browser: Browser) -> None:
    await browser.google.fault(
        "oauth2.token", "forged_id_token", forgery={"claims": {"iss": "accounts.google.com"}}
    )
    assert (await browser.identify()).issuer == "https://accounts.google.com"


async def test_an_account_with_an_unverified_address_is_told_so(browser: Browser) -> None:
    with pytest.raises(GoogleRefused) as refused:
        await browser.identify("unverified@mail.test")
    assert refused.value.reason == "unverified-address"
    assert "not verified" in refused.value.detail


async def test_a_code_is_good_once(browser: Browser) -> None:
    attempt = new_attempt()
    code = (await browser.visit("admin@acme.test", attempt)).query["code"]
    await browser.sign_in.identify(code, attempt, REDIRECT_URI)
    with pytest.raises(GoogleRefused, match="Sign in again") as refused:
        await browser.sign_in.identify(code, attempt, REDIRECT_URI)
    assert refused.value.reason == "invalid_grant"


@pytest.mark.parametrize("code", ["", "x", "4/x", "4/\r\nX: y", "☃" * 1000])
async def test_a_code_that_google_never_gave_is_refused(browser: Browser, code: str) -> None:
    with pytest.raises(GoogleRefused):
        await browser.sign_in.identify(code, new_attempt(), REDIRECT_URI)


async def test_somebody_elses_code_is_refused(browser: Browser) -> None:
    """The verifier and the nonce are the browser's own: a code that was planted there is of no use."""
    code = (await browser.visit("olga@beta.test", new_attempt())).query["code"]
    with pytest.raises(GoogleRefused) as refused:
        await browser.sign_in.identify(code, new_attempt(), REDIRECT_URI)
    assert refused.value.reason == "invalid_grant"


async def test_the_redirect_uri_is_the_one_that_was_asked_with(browser: Browser) -> None:
    attempt = new_attempt()
    code = (await browser.visit("admin@acme.test", attempt)).query["code"]
    with pytest.raises(GoogleRefused) as refused:
        await browser.sign_in.identify(code, attempt, CLIENT.redirect_uris[1])
    assert refused.value.reason == "redirect_uri_mismatch"


async def test_a_wrong_secret_is_refused(browser: Browser, google: FakeGoogle) -> None:
    await google.control(
        "clients",
        client_id=CLIENT.client_id,
        client_secret="rotated",
        redirect_uris=list(CLIENT.redirect_uris),
    )
    with pytest.raises(GoogleRefused) as refused:
        await browser.identify()
    assert refused.value.reason == "invalid_client"


@pytest.mark.parametrize("method", ["oauth2.token", "oauth2.certs"])
@pytest.mark.parametrize("kind", ["429", "500", "503", "garbage", "work_done_answer_lost"])
async def test_without_a_sensible_answer_google_is_unreachable(
    browser: Browser, method: str, kind: str
) -> None:
    await browser.google.fault(method, kind, times=None)
    with pytest.raises(GoogleUnreachable) as unreachable:
        await browser.identify()
    assert unreachable.value.retry
    browser.google.state.faults.clear()
    assert (await browser.identify()).email == "admin@acme.test"


@pytest.mark.parametrize("method", ["oauth2.token", "oauth2.certs"])
async def test_no_answer_in_time_is_unreachable(
    browser: Browser, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admitone.google.http.TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    await browser.google.fault(method, "timeout", times=None)
    with pytest.raises(GoogleUnreachable) as unreachable:
        await browser.identify()
    assert unreachable.value.reason == "timeout"


async def test_nobody_listening_is_unreachable() -> None:
    async with aiohttp.ClientSession() as http:
        sign_in = GoogleSignIn(
            http,
            google_endpoints(f"http://127.0.0.1:{free_port()}"),
            client_id="a",
            client_secret="b",
        )
        with pytest.raises(GoogleUnreachable):
            await sign_in.identify("4/x", new_attempt(), REDIRECT_URI)


async def test_signing_in_at_once_asks_for_the_certificates_once(
    browser: Browser, google: FakeGoogle
) -> None:
    await google.fault("oauth2.certs", "slow")
    await google.fault("oauth2.certs", "500", times=None)
    sign_ins = [asyncio.ensure_future(browser.identify()) for _ in range(5)]
    await until(lambda: len(google.state.data.access_tokens) == 5 and google.state.faults.held == 1)
    google.state.faults.release()
    assert len(await asyncio.gather(*sign_ins)) == 5


async def test_certificates_are_kept_and_renewed_when_google_changes_its_key(
    browser: Browser, google: FakeGoogle
) -> None:
    await browser.identify()
    await google.fault("oauth2.certs", "500", times=1)
    await browser.identify()
    assert google.state.faults.waiting
    await google.control("reset")
    await google.control("keys/rotate", drop_old=True)
    assert (await browser.identify()).email == "admin@acme.test"


async def test_tokens_with_unknown_keys_do_not_make_us_ask_each_time(
    browser: Browser, google: FakeGoogle
) -> None:
    await browser.identify()
    await google.fault("oauth2.token", "forged_id_token", times=None, forgery={"key": "other"})
    with pytest.raises(GoogleRefused):
        await browser.identify()
    await google.fault("oauth2.certs", "500", times=None)
    for _ in range(3):
        with pytest.raises(GoogleRefused):
            await browser.identify()
