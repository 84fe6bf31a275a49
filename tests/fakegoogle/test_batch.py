"""Batches: many calls in one request, each with its own token and its own answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httplib2
import pytest
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.http import BatchHttpRequest

from tests.support.fakegoogle.apis import Access, access, check_answer, refused
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


async def _run(batch: BatchHttpRequest, http: Any) -> None:
    try:
        await asyncio.to_thread(batch.execute, http=http)
    finally:
        http.close()


def _freebusy(who: Access, calendar: str = "primary") -> Any:
    body = {
        "timeMin": "2026-03-02T00:00:00Z",
        "timeMax": "2026-03-03T00:00:00Z",
        "items": [{"id": calendar}],
    }
    return who.calendar.freebusy().query(body=body)


async def test_each_call_of_a_batch_may_carry_its_own_token(google: FakeGoogle, admin: Access) -> None:
    olga = await access(google, "olga@beta.test")
    await admin.insert()
    answers: dict[str, Any] = {}

    def keep(request_id: str, answer: Any, error: HttpError | None) -> None:
        assert error is None
        check_answer("calendar.freebusy.query", answer)
        answers[request_id] = answer["calendars"]["primary"]["busy"]

    batch = BatchHttpRequest(callback=keep, batch_uri=f"{google.url}/batch/calendar/v3")
    https = []
    for name, who in (("admin", admin), ("olga", olga)):
        request = _freebusy(who)
        request.http = who.http()
        https.append(request.http)
        batch.add(request, request_id=name)
    try:
        await _run(batch, httplib2.Http(timeout=PATIENCE))
    finally:
        for http in https:
            http.close()
    assert len(answers["admin"]) == 1
    assert answers["olga"] == []


async def test_one_refusal_does_not_spoil_the_others(google: FakeGoogle, admin: Access) -> None:
    answers: dict[str, Any] = {}

    def keep(request_id: str, answer: Any, error: HttpError | None) -> None:
        answers[request_id] = answer if error is None else refused(error).reason

    batch = admin.calendar.new_batch_http_request(callback=keep)
    batch.add(admin.inserting(id="abcde"), request_id="first")
    batch.add(admin.inserting(id="abcde"), request_id="second")
    batch.add(admin.events.get(calendarId="primary", eventId="nothing"), request_id="third")
    batch.add(admin.events.delete(calendarId="primary", eventId="abcde"), request_id="fourth")
    await google.fault("calendar.events.get", "429", retry_after=7)
    await _run(batch, admin.http())
    assert answers["first"]["id"] == "abcde"
    assert answers["second"] == "duplicate"
    assert answers["third"] == "rateLimitExceeded"
    assert answers["fourth"] == ""


async def test_fifty_calls_are_the_limit(admin: Access) -> None:
    def ignore(*_: Any) -> None:
        pass

    for count, is_fine in ((50, True), (51, False)):
        batch = admin.calendar.new_batch_http_request(callback=ignore)
        for _ in range(count):
            batch.add(_freebusy(admin))
        if is_fine:
            await _run(batch, admin.http())
        else:
            with pytest.raises((HttpError, BatchError)):
                await _run(batch, admin.http())


async def test_a_batch_is_of_one_api(google: FakeGoogle, admin: Access) -> None:
    errors = []

    def keep(_: str, __: Any, error: HttpError) -> None:
        errors.append(refused(error).status)

    batch = BatchHttpRequest(callback=keep, batch_uri=f"{google.url}/batch/calendar/v3")
    batch.add(admin.gmail.users().getProfile(userId="me"))
    await _run(batch, admin.http())
    assert errors == [400]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/mixed", b"--x--"),
        ("multipart/mixed; boundary=x", b""),
        ("multipart/mixed; boundary=x", b"--x\r\nContent-Type: application/http\r\n\r\nGET / HTTP/1.1"),
    ],
)
async def test_what_is_no_batch_is_refused(admin: Access, content_type: str, body: bytes) -> None:
    status, answer = await admin.raw(
        "POST", "/batch/calendar/v3", data=body, headers={"Content-Type": content_type}
    )
    assert (status, answer["error"]["code"]) == (400, 400)


async def test_parts_that_make_no_sense_are_answered_one_by_one(google: FakeGoogle, admin: Access) -> None:
    parts = [b"Content-Type: text/plain\r\n\r\nGET /calendar/v3/x", b"Content-Type: application/http\r\n\r\n"]
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--"
    headers = {
        "Authorization": f"Bearer {admin.token}",
        "Content-Type": "multipart/mixed; boundary=x",
    }
    async with google.http.post(f"{google.url}/batch/calendar/v3", data=body, headers=headers) as answer:
        assert answer.status == 200
        assert (await answer.text()).count("HTTP/1.1 400 Bad Request") == 2
