"""Calls of Google's APIs through google-api-python-client, against fakegoogle with its faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.fakegoogle.demo import CLIENT
from admitone.google.api import GoogleApi, GoogleGrant
from admitone.google.endpoints import google_endpoints
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked
from tests.support.fakegoogle.running import CALENDAR, until
from tests.support.google.api_client import ADA, MAX, a_grant, an_api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.fakegoogle.running import FakeGoogle

EVENT = "calendar.events.insert"


@pytest.fixture
async def api(google: FakeGoogle) -> AsyncIterator[GoogleApi]:
    one = an_api(google)
    yield one
    google.state.faults.clear()
    await one.close()


def inserting(calendar: Any) -> Any:
    body = {
        "summary": "Démo",
        "start": {"dateTime": "2026-03-02T09:00:00Z"},
        "end": {"dateTime": "2026-03-02T10:00:00Z"},
    }
    return calendar.events().insert(calendarId="primary", body=body)


def asking(calendar: Any) -> Any:
    body = {
        "timeMin": "2026-03-02T00:00:00Z",
        "timeMax": "2026-03-03T00:00:00Z",
        "items": [{"id": "primary"}],
    }
    return calendar.freebusy().query(body=body)


def events_of(google: FakeGoogle, account: str = ADA) -> int:
    return len(google.state.data.calendars[account].events)


async def test_a_call_answers_what_google_says(google: FakeGoogle, api: GoogleApi) -> None:
    grant = await a_grant(google)
    event = await api.call(grant, "calendar", inserting)
    assert event["summary"] == "Démo"
    busy = await api.call(grant, "calendar", asking)
    assert busy["calendars"]["primary"]["busy"] == [
        {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T10:00:00Z"}
    ]


async def test_many_users_are_asked_for_in_one_request_each_with_their_own_token(
    google: FakeGoogle, api: GoogleApi
) -> None:
    ada, other = await a_grant(google), await a_grant(google, MAX)
    await api.call(ada, "calendar", inserting)
    answers = await api.batch([(other, asking), (ada, asking)] * 30)
    counts = [len(answer["calendars"]["primary"]["busy"]) for answer in answers]
    assert counts == [0, 1] * 30


async def test_one_users_failure_in_a_batch_is_theirs_alone(google: FakeGoogle, api: GoogleApi) -> None:
    ada, other = await a_grant(google), await a_grant(google, MAX)
    gone, narrow = GoogleGrant("gone"), await a_grant(google, MAX, (f"{CALENDAR}.events",))
    await google.fault("calendar.freebusy.query", "429", account=ADA, retry_after=7)
    first, second, third, fourth = await api.batch(
        [(ada, asking), (other, asking), (gone, asking), (narrow, asking)]
    )
    assert (first.status, first.is_rate_limit, first.retry_after) == (429, True, 7)
    assert "calendars" in second
    assert (type(third), third.reason) == (GrantRevoked, "invalid_grant")
    assert (type(fourth), fourth.reason) == (GrantRevoked, "scope")


@pytest.mark.parametrize(
    ("kind", "more", "status", "is_rate_limit"),
    [("429", {"retry_after": 30}, 429, True), ("403", {}, 403, True)],
)
async def test_a_limit_says_when_to_try_again(
    google: FakeGoogle, api: GoogleApi, kind: str, more: dict[str, int], status: int, is_rate_limit: bool
) -> None:
    grant = await a_grant(google)
    await google.fault(EVENT, kind, **more)
    with pytest.raises(GoogleRefused) as raised:
        await api.call(grant, "calendar", inserting)
    assert (raised.value.status, raised.value.is_rate_limit) == (status, is_rate_limit)
    assert raised.value.retry_after == more.get("retry_after")
    assert events_of(google) == 0


async def test_a_refusal_names_its_reason(google: FakeGoogle, api: GoogleApi) -> None:
    with pytest.raises(GoogleRefused) as raised:
        await api.call(
            await a_grant(google), "calendar", lambda c: c.events().get(calendarId="primary", eventId="none")
        )
    assert (raised.value.status, raised.value.reason, raised.value.is_rate_limit) == (404, "notFound", False)


@pytest.mark.parametrize(("kind", "done"), [("500", 0), ("503", 0), ("work_done_answer_lost", 1)])
async def test_a_post_is_never_sent_again_by_itself(
    google: FakeGoogle, api: GoogleApi, kind: str, done: int
) -> None:
    """Whether the connection is new, or one that was used before."""
    grant = await a_grant(google)
    for calls in (1, 2):
        await google.fault(EVENT, kind)
        with pytest.raises(GoogleUnreachable):
            await api.call(grant, "calendar", inserting)
        assert events_of(google) == calls * done + (calls - 1)
        await api.call(grant, "calendar", inserting)


async def test_garbage_is_no_answer(google: FakeGoogle, api: GoogleApi) -> None:
    grant = await a_grant(google)
    await google.fault("calendar.freebusy.query", "garbage", times=2)
    with pytest.raises(GoogleUnreachable):
        await api.call(grant, "calendar", asking)
    [answer] = await api.batch([(grant, asking)])
    assert isinstance(answer, GoogleUnreachable)


async def test_a_slow_answer_blocks_nobody_else(google: FakeGoogle, api: GoogleApi) -> None:
    grant = await a_grant(google)
    await google.fault("calendar.freebusy.query", "slow")
    waiting = asyncio.create_task(api.call(grant, "calendar", asking))
    await until(lambda: google.state.faults.held == 1)
    assert (await api.call(grant, "calendar", asking))["calendars"]
    assert not waiting.done()
    await google.control("release")
    assert (await waiting)["calendars"]


async def test_no_answer_ends_the_wait_for_a_thread_as_well(google: FakeGoogle) -> None:
    """Two threads at most are at Google; the third call waits for one no longer than for an answer."""
    api, grant = an_api(google, threads=2, timeout=1), await a_grant(google)
    await google.fault("calendar.freebusy.query", "timeout", times=None)
    calls = [asyncio.create_task(api.call(grant, "calendar", asking)) for _ in range(3)]
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(result) for result in results] == [GoogleUnreachable] * 3
    assert google.state.faults.held <= 2
    google.state.faults.clear()
    await api.close()


async def test_an_expired_access_token_is_renewed(google: FakeGoogle, api: GoogleApi) -> None:
    grant = await a_grant(google)
    await api.call(grant, "calendar", asking)
    await google.control("tokens/expire", account=ADA)
    assert (await api.call(grant, "calendar", asking))["calendars"]
    await google.control("tokens/expire", account=ADA)
    [answer] = await api.batch([(grant, asking)])
    assert answer["calendars"]


async def test_callers_who_come_at_once_share_one_access_token(google: FakeGoogle, api: GoogleApi) -> None:
    grant = await a_grant(google)
    before = len(google.state.data.access_tokens)
    await asyncio.gather(*(api.call(grant, "calendar", asking) for _ in range(5)))
    assert len(google.state.data.access_tokens) == before + 1


async def test_a_revoked_grant_is_told(google: FakeGoogle, api: GoogleApi) -> None:
    grant = await a_grant(google)
    await api.call(grant, "calendar", asking)
    await google.control("revoke", account=ADA)
    with pytest.raises(GrantRevoked) as raised:
        await api.call(grant, "calendar", asking)
    assert raised.value.reason == "invalid_grant"
    [answer] = await api.batch([(grant, asking)])
    assert isinstance(answer, GrantRevoked)


async def test_nobody_there(google: FakeGoogle) -> None:
    endpoints = google_endpoints("http://127.0.0.1:9")
    api = GoogleApi(endpoints, CLIENT.client_id, CLIENT.client_secret)
    with pytest.raises(GoogleUnreachable):
        await api.call(await a_grant(google), "calendar", asking)
    await api.close()


async def test_gmail_is_another_resource(google: FakeGoogle, api: GoogleApi) -> None:
    grant = await a_grant(google, scopes=("https://www.googleapis.com/auth/gmail.compose",))
    profile = await api.call(grant, "gmail", lambda gmail: gmail.users().getProfile(userId="me"))
    assert profile["emailAddress"] == ADA
