"""Google says no, says nothing, or nonsense: the person is told which, and nobody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import msgspec
import pytest
from structlog.testing import capture_logs
from yarl import URL

from admitone.domain.errors import SignInCancelled
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from tests.support.accounts.browser import ADA, SAM, refuses
from tests.support.accounts.people import sessions, workspaces
from tests.support.accounts.site import CALLBACK, REGISTERED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser
    from tests.support.fakegoogle.running import FakeGoogle

METHODS = ["oauth2.token", "oauth2.certs"]


@pytest.fixture
async def stranger(browser: Browser, redis: Redis) -> AsyncIterator[Browser]:
    """Somebody who is not signed in afterwards, and whom nobody has made."""
    yield browser
    assert browser.session is None
    assert await browser.me() is None
    assert await workspaces(redis) == []
    assert await sessions(redis) == []


async def test_cancelling_at_google_is_no_error_of_anybodys(stranger: Browser) -> None:
    google = await stranger.begin()
    cancelled = (await stranger.call("POST", google, data={"cancel": "1"})).location
    assert cancelled.query["error"] == "access_denied"
    refuses(await stranger.get(cancelled), SignInCancelled)


@pytest.mark.parametrize("error", ["server_error", "admin_policy_enforced", "<script>", "", None])
async def test_google_sends_somebody_back_without_a_code(stranger: Browser, error: str | None) -> None:
    state = (await stranger.begin()).query["state"]
    query = {"state": state} if error is None else {"state": state, "error": error}
    answer = await stranger.get(URL(CALLBACK).with_query(query))
    refuses(answer, GoogleRefused)
    assert "script" not in answer.text


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["429", "500", "503", "garbage", "work_done_answer_lost"])
async def test_google_does_not_answer_sensibly(
    stranger: Browser, google: FakeGoogle, method: str, kind: str
) -> None:
    await google.fault(method, kind, times=None)
    answer = await stranger.come_back(ADA)
    refuses(answer, GoogleUnreachable)
    assert answer.headers["Retry-After"]
    assert answer.body["retry"] is True


@pytest.mark.parametrize("method", METHODS)
async def test_google_does_not_answer_in_time(
    stranger: Browser, google: FakeGoogle, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admitone.google.http.TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    await google.fault(method, "timeout", times=None)
    refuses(await stranger.come_back(ADA), GoogleUnreachable)


async def test_loading_again_helps_where_google_had_not_taken_the_code(
    browser: Browser, google: FakeGoogle
) -> None:
    ready = await browser.choose(await browser.begin("/dashboard/pages"), ADA)
    await google.fault("oauth2.token", "503")
    refuses(await browser.get(ready), GoogleUnreachable)
    assert (await browser.get(ready)).wanted == "/dashboard/pages"
    assert (await browser.me())["email"] == ADA


async def test_who_is_signed_in_stays_so_when_another_sign_in_fails(
    browser: Browser, google: FakeGoogle
) -> None:
    me = await browser.sign_in(SAM)
    await google.fault("oauth2.token", "500")
    refuses(await browser.come_back(ADA), GoogleUnreachable)
    assert await browser.me() == me


async def test_a_secret_that_google_does_not_take_is_told_to_the_operator_alone(
    stranger: Browser, google: FakeGoogle
) -> None:
    google.state.add_client(msgspec.structs.replace(REGISTERED, client_secret="rotated"))
    with capture_logs() as lines:
        answer = await stranger.come_back(ADA)
    refuses(answer, GoogleRefused)
    assert "invalid_client" not in answer.text
    [line] = [line for line in lines if line["event"] == "sign-in-failed"]
    assert (line["code"], line["reason"], line["log_level"]) == (
        "google-refused",
        "invalid_client",
        "warning",
    )
