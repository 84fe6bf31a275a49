"""GET /oauth/authorize: whom it sends back with a code, and what it tells whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from yarl import URL

from tests.support.api.deployment import PUBLIC_URL
from tests.support.oauth.app import CHALLENGE, REDIRECT_URI, STATE, App, Changes, app_of, granted, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

WRONG: list[tuple[dict[str, Changes], str]] = [
    ({"response_type": None}, "invalid_request"),
    ({"response_type": ""}, "invalid_request"),
    ({"response_type": "token"}, "unsupported_response_type"),
    ({"response_type": "code token"}, "unsupported_response_type"),
    ({"response_type": ["code", "code"]}, "invalid_request"),
    ({"code_challenge": None}, "invalid_request"),
    ({"code_challenge": ""}, "invalid_request"),
    ({"code_challenge": CHALLENGE[:-1]}, "invalid_request"),
    ({"code_challenge": f"{CHALLENGE}A"}, "invalid_request"),
    ({"code_challenge": f"{CHALLENGE[:-1]}="}, "invalid_request"),
    ({"code_challenge": f"{CHALLENGE}\n"}, "invalid_request"),
    ({"code_challenge": [CHALLENGE, CHALLENGE]}, "invalid_request"),
    ({"code_challenge_method": None}, "invalid_request"),  # which would mean `plain`
    ({"code_challenge_method": "plain"}, "invalid_request"),
    ({"code_challenge_method": "s256"}, "invalid_request"),
    ({"code_challenge_method": ["S256", "plain"]}, "invalid_request"),
]
WRONG_STATES: list[Changes] = [None, "", "x" * 501, "an\r\nanswer: split", "ünicode", ["one", "two"]]
NOT_THE_APP: list[dict[str, Changes]] = [
    {"client_id": None},
    {"client_id": ""},
    {"client_id": "another"},
    {"client_id": "ADMITONE-EXTENSION"},
    {"client_id": ["admitone-extension", "admitone-extension"]},
    {"redirect_uri": None},
    {"redirect_uri": ""},
    {"redirect_uri": "https://evil.test/"},
    {"redirect_uri": REDIRECT_URI.rstrip("/")},
    {"redirect_uri": f"{REDIRECT_URI}more"},
    {"redirect_uri": f"{REDIRECT_URI}?more=1"},
    {"redirect_uri": f"{REDIRECT_URI}#more"},
    {"redirect_uri": REDIRECT_URI.upper()},
    {"redirect_uri": REDIRECT_URI.replace("https:", "http:")},
    {"redirect_uri": REDIRECT_URI.replace("chromiumapp.org", "chromiumapp.org.evil.test")},
    {"redirect_uri": REDIRECT_URI.replace("https://", "https://evil.test\\@")},
    {"redirect_uri": [REDIRECT_URI, "https://evil.test/"]},
    {"redirect_uri": [REDIRECT_URI, REDIRECT_URI]},
]


async def test_who_allows_the_app_goes_back_with_a_code(app: App) -> None:
    reply = await app.allow()
    assert reply.back.keys() == {"code", "state", "iss"}
    assert (reply.back["state"], reply.back["iss"]) == (STATE, PUBLIC_URL)
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in reply.headers
    granted(await app.exchange(reply.back["code"]))


async def test_every_code_is_another_one(app: App) -> None:
    assert await app.code() != await app.code()


async def test_a_wrong_client_or_address_is_told_to_the_person_and_leads_nowhere(app: App) -> None:
    for changes in NOT_THE_APP:
        reply = await app.authorize(**changes)
        assert reply.status == 400, changes
        assert "Location" not in reply.headers
        assert "This server does not know the app that sent you here." in reply.text
        assert "evil" not in reply.text


@pytest.mark.parametrize("is_signed_in", [True, False])
async def test_anything_else_that_is_wrong_is_told_to_the_app(app: App, is_signed_in: bool) -> None:
    browser = app if is_signed_in else App(app.deployment)
    for changes, error in WRONG:
        told = (await browser.authorize(**changes)).back
        assert told.keys() == {"error", "error_description", "state", "iss"}, changes
        assert (told["error"], told["state"], told["iss"]) == (error, STATE, PUBLIC_URL), changes


async def test_a_state_that_is_none_is_not_repeated(app: App) -> None:
    for state in WRONG_STATES:
        told = (await app.authorize(state=state)).back
        assert told.keys() == {"error", "error_description", "iss"}, state
        assert told["error"] == "invalid_request"


async def test_what_is_unknown_is_ignored(app: App) -> None:
    told = (await app.allow(scope="links", resource="https://x.test", nonce="1")).back
    assert "code" in told


async def test_who_is_not_signed_in_goes_to_google_and_comes_back(app: App) -> None:
    reply = await App(app.deployment).authorize()
    assert reply.status == 303
    start = URL(reply.headers["Location"])
    assert start.path == "/auth/google/start"
    again = URL(start.query["next"])
    assert again.path == "/oauth/authorize"
    url = URL(app.deployment.url).join(again)
    await app.allow()
    told = (await app.call("GET", url, headers=app.browser)).back
    assert told["state"] == STATE
    granted(await app.exchange(told["code"]))


async def test_the_longest_state_survives_the_way_over_google(app: App) -> None:
    reply = await App(app.deployment).authorize(state="&" * 500)
    google = await app.call("GET", URL(app.deployment.url).join(URL(reply.headers["Location"])))
    assert google.status == 503  # Google is not set up here; that the way back is kept, test_journey.py shows
    assert URL(URL(reply.headers["Location"]).query["next"]).query["state"] == "&" * 500


async def test_another_account_can_be_chosen_once(app: App) -> None:
    reply = await app.authorize(prompt="select_account")
    assert reply.status == 303
    assert "prompt" not in URL(URL(reply.headers["Location"]).query["next"]).query


async def test_a_key_or_a_token_is_no_session(app: App, user: Api) -> None:
    tokens = await app.sign_in()
    url = URL(f"{app.deployment.url}/oauth/authorize").with_query(
        response_type="code",
        client_id="admitone-extension",
        redirect_uri=REDIRECT_URI,
        code_challenge=CHALLENGE,
        code_challenge_method="S256",
        state=STATE,
    )
    for credential in (user.key, tokens["access_token"]):
        headers = {"Authorization": f"Bearer {credential}"}
        assert (await app.call("GET", url, headers=headers)).status == 303


async def test_a_session_that_is_none_leads_to_google(app: App, deployment: Deployment, user: Api) -> None:
    assert (await App(deployment, "0ABC" + "0" * 36).authorize()).status == 303
    await deployment.change_user(user, active=False)
    assert (await app.authorize()).status == 303


async def test_each_user_gets_their_own(app: App, deployment: Deployment) -> None:
    stranger = await deployment.user("administrator", workspace="0XYZ", name="Sue Stranger")
    theirs = await (await app_of(deployment, stranger, "0XYZ")).sign_in()
    mine = await app.sign_in()
    assert theirs["refresh_token"].startswith("0XYZ")
    assert mine["refresh_token"].startswith("0ABC")
    refused(await app.refresh("0XYZ" + mine["refresh_token"][4:]), "invalid_grant")
    assert await app.me(mine["access_token"]) == 200
