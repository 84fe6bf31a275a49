"""The consent page: refusals, contents and redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from yarl import URL

from tests.support.fakegoogle.running import CALENDAR, CHALLENGE, REDIRECT_URI, authorization_url

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle

EVENTS = f"{CALENDAR}.events"
EMAIL = "https://www.googleapis.com/auth/userinfo.email"
PROFILE = "https://www.googleapis.com/auth/userinfo.profile"


async def test_the_page_offers_every_account_as_a_button(google: FakeGoogle) -> None:
    async with google.http.get(authorization_url(google.url)) as answer:
        text = await answer.text()
    assert answer.status == 200
    for account in google.state.data.accounts:
        assert f'<button name="account" value="{account}">' in text


async def test_choosing_an_account_redirects_with_state_and_code(google: FakeGoogle) -> None:
    answer = await google.consent("admin@acme.test")
    assert answer.status == 302
    location = URL(answer.headers["Location"])
    assert str(location.with_query(None)) == REDIRECT_URI
    assert location.query["state"] == "the-state"
    assert location.query["code"].startswith("4/")
    assert location.query["scope"] == f"openid {EMAIL} {PROFILE}"
    assert location.query["hd"] == "acme.test"


async def test_cancelling_redirects_with_access_denied(google: FakeGoogle) -> None:
    answer = await google.http.post(
        authorization_url(google.url), data={"cancel": "1"}, allow_redirects=False
    )
    assert URL(answer.headers["Location"]).query == {"state": "the-state", "error": "access_denied"}


@pytest.mark.parametrize(
    ("changes", "error", "status"),
    [
        ({"client_id": None}, "invalid_request", 400),
        ({"client_id": "another"}, "invalid_client", 401),
        ({"redirect_uri": None}, "invalid_request", 400),
        ({"redirect_uri": f"{REDIRECT_URI}/"}, "redirect_uri_mismatch", 400),
        ({"redirect_uri": f"{REDIRECT_URI}?next=1"}, "redirect_uri_mismatch", 400),
        ({"redirect_uri": "http://evil.test/auth/google/callback"}, "redirect_uri_mismatch", 400),
        ({"response_type": None}, "invalid_request", 400),
        ({"response_type": "token"}, "unsupported_response_type", 400),
        ({"scope": None}, "invalid_request", 400),
        ({"scope": "openid everything"}, "invalid_scope", 400),
        ({"nonce": None}, "invalid_request", 400),
        ({"code_challenge": "short"}, "invalid_request", 400),
        ({"code_challenge": f"{CHALLENGE}="}, "invalid_request", 400),
        ({"code_challenge": None}, "invalid_request", 400),
        ({"code_challenge_method": "S512"}, "invalid_request", 400),
        ({"access_type": "forever"}, "invalid_request", 400),
        ({"prompt": "none consent"}, "invalid_request", 400),
        ({"include_granted_scopes": "yes"}, "invalid_request", 400),
        ({"login": "admin@acme.test"}, "invalid_request", 400),
    ],
)
async def test_what_google_refuses_is_said_on_the_page_and_never_redirected(
    google: FakeGoogle, changes: dict[str, str | None], error: str, status: int
) -> None:
    for verb in ("GET", "POST"):
        async with google.http.request(
            verb,
            authorization_url(google.url, **changes),
            data={"account": "admin@acme.test"} if verb == "POST" else None,
            allow_redirects=False,
        ) as answer:
            assert answer.status == status
            assert f"Error {error}" in await answer.text()


async def test_a_parameter_given_twice_is_refused(google: FakeGoogle) -> None:
    url = authorization_url(google.url) + "&state=another"
    async with google.http.get(url) as answer:
        assert answer.status == 400
        assert "can only have a single value: state" in await answer.text()


async def test_an_unknown_account_is_refused(google: FakeGoogle) -> None:
    answer = await google.consent("nobody@acme.test")
    assert answer.status == 400


async def test_a_hint_comes_first_and_a_domain_filters(google: FakeGoogle) -> None:
    async with google.http.get(authorization_url(google.url, login_hint="sam@gmail.test")) as answer:
        text = await answer.text()
    assert text.index("sam@gmail.test") < text.index("admin@acme.test")
    async with google.http.get(authorization_url(google.url, hd="beta.test")) as answer:
        text = await answer.text()
    assert "olga@beta.test" in text
    assert "admin@acme.test" not in text


async def test_a_scope_may_be_withheld_but_not_signing_in(google: FakeGoogle) -> None:
    url = authorization_url(google.url, scope=f"openid email {EVENTS} {CALENDAR}.freebusy")
    answer = await google.http.post(
        url,
        data=[("account", "admin@acme.test"), ("withhold", EVENTS), ("withhold", "openid")],
        allow_redirects=False,
    )
    scopes = URL(answer.headers["Location"]).query["scope"]
    assert scopes == f"openid {EMAIL} {CALENDAR}.freebusy"


async def test_scopes_granted_before_are_included_when_asked(google: FakeGoogle) -> None:
    await google.consent(scope="openid email")
    with_earlier = await google.consent(scope=EVENTS, nonce=None, include_granted_scopes="true")
    without = await google.consent(scope=EVENTS, nonce=None)
    assert set(URL(with_earlier.headers["Location"]).query["scope"].split()) == {EVENTS, "openid", EMAIL}
    assert URL(without.headers["Location"]).query["scope"] == EVENTS


async def test_prompt_none_shows_no_page(google: FakeGoogle) -> None:
    async def silent(**changes: str) -> URL:
        url = authorization_url(google.url, prompt="none", **changes)
        async with google.http.get(url, allow_redirects=False) as answer:
            assert answer.status == 302
            return URL(answer.headers["Location"])

    assert (await silent()).query["error"] == "login_required"
    assert (await silent(login_hint="admin@acme.test")).query["error"] == "consent_required"
    await google.consent("admin@acme.test")
    assert "code" in (await silent(login_hint="admin@acme.test")).query


async def test_the_page_escapes_what_it_is_given(google: FakeGoogle) -> None:
    async with google.http.get(authorization_url(google.url, client_id="<script>")) as answer:
        assert "<script>" not in await answer.text()
    async with google.http.get(authorization_url(google.url, state='"><script>')) as answer:
        assert "<script>" not in await answer.text()
