"""Faults: each happens as often as requested, and then no more."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.support.fakegoogle.apis import Access, access, refusal
from tests.support.fakegoogle.running import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.fakegoogle.running import FakeGoogle

EVENTS = "/calendar/v3/calendars/primary/events"
EVENT = {
    "start": {"dateTime": "2026-03-02T09:00:00Z"},
    "end": {"dateTime": "2026-03-02T10:00:00Z"},
}


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


@asynccontextmanager
async def waiting_in_vain(google: FakeGoogle, admin: Access) -> AsyncIterator[None]:
    """Run the code inside while an insert of an event waits for an answer that does not come."""
    waiting = asyncio.create_task(admin.raw("POST", EVENTS, json=EVENT))
    await until(lambda: google.state.faults.held == 1)
    yield
    assert not waiting.done()
    waiting.cancel()
    await asyncio.wait([waiting])


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("429", 429, "rateLimitExceeded"),
        ("403", 403, "userRateLimitExceeded"),
        ("500", 500, "backendError"),
        ("503", 503, "backendError"),
    ],
)
async def test_refusals_on_request_do_no_work(
    google: FakeGoogle, admin: Access, kind: str, status: int, reason: str
) -> None:
    await google.fault("calendar.events.insert", kind, times=2)
    for _ in range(2):
        async with refusal(status, reason):
            await admin.insert()
    assert await admin.listed() == []
    await admin.insert()


async def test_retry_after_is_told(google: FakeGoogle, admin: Access) -> None:
    await google.fault("calendar.events.*", "429", retry_after=30)
    async with refusal(429, "rateLimitExceeded") as raised:
        await admin.insert()
    assert raised.value.headers["retry-after"] == "30"


async def test_an_answer_that_is_lost_leaves_its_work_done(google: FakeGoogle, admin: Access) -> None:
    await google.fault("calendar.events.insert", "work_done_answer_lost")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await admin.raw("POST", EVENTS, json=EVENT)
    assert len(await admin.listed()) == 1


async def test_a_timeout_does_no_work_and_never_answers(google: FakeGoogle, admin: Access) -> None:
    await google.fault("calendar.events.insert", "timeout")
    async with waiting_in_vain(google, admin):
        assert await admin.listed() == []


async def test_a_timeout_after_the_work(google: FakeGoogle, admin: Access) -> None:
    await google.fault("calendar.events.insert", "work_done_timeout")
    async with waiting_in_vain(google, admin):
        assert len(await admin.listed()) == 1


async def test_a_slow_call_is_held_until_released_while_others_go_on(
    google: FakeGoogle, admin: Access
) -> None:
    await google.fault("calendar.events.insert", "slow")
    slow = asyncio.ensure_future(admin.raw("POST", EVENTS, json=EVENT))
    await until(lambda: google.state.faults.held == 1)
    other = await admin.insert()
    assert await admin.listed() == [other["id"]]
    assert not slow.done()
    await google.control("release")
    status, event = await slow
    assert status == 200
    assert await admin.listed() == [other["id"], event["id"]]


async def test_a_delay_ends_by_itself(google: FakeGoogle, admin: Access) -> None:
    await google.fault("calendar.events.insert", "slow", delay=0.001)
    await admin.insert()


async def test_garbage_is_not_json(google: FakeGoogle, admin: Access) -> None:
    await google.fault("calendar.events.insert", "garbage")
    assert await admin.raw("POST", EVENTS, json=EVENT) == (200, None)


async def test_a_grant_may_be_revoked_by_the_call(google: FakeGoogle, admin: Access) -> None:
    await google.fault("calendar.events.insert", "revoked_grant")
    for _ in range(2):
        async with refusal(401, "authError"):
            await admin.insert()


async def test_a_grant_may_be_revoked_while_it_is_refreshed(google: FakeGoogle) -> None:
    tokens = await (await google.token(code=await google.code(access_type="offline"))).json()
    await google.fault("oauth2.token", "revoked_grant")
    answer = await google.refresh(tokens["refresh_token"])
    assert answer.status == 400
    assert (await answer.json())["error"] == "invalid_grant"


async def test_a_fault_may_be_for_one_account(google: FakeGoogle, admin: Access) -> None:
    olga = await access(google, "olga@beta.test")
    await google.fault("calendar.*", "500", account="olga@beta.test", times=None)
    await admin.insert()
    for _ in range(3):
        async with refusal(500, "backendError"):
            await olga.insert()
    async with google.http.delete(f"{google.url}/_control/faults") as answer:
        assert answer.status == 200
    await olga.insert()


async def test_faults_happen_in_the_order_in_which_they_were_asked_for(
    google: FakeGoogle, admin: Access
) -> None:
    await google.fault("calendar.events.insert", "500")
    await google.fault("calendar.events.insert", "503")
    async with refusal(500, "backendError"):
        await admin.insert()
    async with refusal(503, "backendError"):
        await admin.insert()
    await admin.insert()


@pytest.mark.parametrize(
    "body", [{}, {"match": "*"}, {"match": "*", "kind": "502"}, {"match": "*", "kind": "500", "x": 1}]
)
async def test_a_fault_that_does_not_exist_is_refused(google: FakeGoogle, body: dict[str, Any]) -> None:
    async with google.http.post(f"{google.url}/_control/faults", json=body) as answer:
        assert answer.status == 400


async def test_resetting_forgets_everything_but_the_keys(google: FakeGoogle, admin: Access) -> None:
    await admin.insert()
    await google.fault("*", "500", times=None)
    kids = [key.kid for key in google.state.keys]
    await google.control("reset")
    async with google.http.get(f"{google.url}/_control/state") as answer:
        state = await answer.json()
    assert state["faults"] == []
    assert state["data"]["access_tokens"] == {}
    assert state["data"]["calendars"]["admin@acme.test"]["events"] == {}
    assert state["data"]["keys"] == kids
    assert "PRIVATE KEY" not in str(state)


async def test_a_test_may_act_as_the_person_in_googles_own_pages(google: FakeGoogle, admin: Access) -> None:
    made = await google.control(
        "act",
        account="admin@acme.test",
        method="calendar.events.insert",
        parameters={"calendarId": "primary"},
        body={"summary": "Dentist", **EVENT},
    )
    assert await admin.listed() == [made["id"]]
    moved = {"start": {"dateTime": "2026-03-02T11:00:00Z"}, "end": {"dateTime": "2026-03-02T12:00:00Z"}}
    await google.control(
        "act",
        account="admin@acme.test",
        method="calendar.events.patch",
        parameters={"calendarId": "primary", "eventId": made["id"]},
        body=moved,
    )
    event = await admin.run(admin.events.get(calendarId="primary", eventId=made["id"]))
    assert event["sequence"] == 1
    await google.control(
        "act",
        account="admin@acme.test",
        method="calendar.events.delete",
        parameters={"calendarId": "primary", "eventId": made["id"]},
    )
    assert await admin.listed() == []
