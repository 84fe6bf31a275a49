"""Tokens and scopes: which calls the APIs accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.fakegoogle.api import discovery
from admitone.fakegoogle.api.methods import HANDLERS
from tests.support.fakegoogle.apis import Access, access, refusal
from tests.support.fakegoogle.running import CALENDAR, GMAIL

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.mark.parametrize("header", [None, "Bearer garbage", "Basic x", "Bearer"])
async def test_without_a_good_token_nothing_is_answered(google: FakeGoogle, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in ("/calendar/v3/calendars/primary/events", "/gmail/v1/users/me/profile"):
        async with google.http.get(google.url + path, headers=headers) as answer:
            assert answer.status == 401
            body = await answer.json()
            assert "WWW-Authenticate" in answer.headers
        assert body["error"]["errors"][0]["reason"] == "authError"
        assert body["error"]["status"] == "UNAUTHENTICATED"


async def test_a_token_is_good_for_an_hour(google: FakeGoogle) -> None:
    admin = await access(google)
    await admin.insert()
    await google.control("tokens/expire", account="admin@acme.test")
    async with refusal(401, "authError"):
        await admin.insert()


async def test_a_revoked_grant_ends_every_token_of_it(google: FakeGoogle) -> None:
    admin, olga = await access(google), await access(google, "olga@beta.test")
    await google.control("revoke", account="admin@acme.test")
    async with refusal(401, "authError"):
        await admin.insert()
    await olga.insert()


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (f"{CALENDAR}.events", "insert"),
        (f"{CALENDAR}.freebusy", "freebusy"),
        (f"{CALENDAR}.calendarlist.readonly", "calendars"),
        (f"{GMAIL}.send", "send"),
        (f"{GMAIL}.compose", "draft send"),
        ("openid", ""),
    ],
)
async def test_each_scope_opens_its_methods_only(google: FakeGoogle, scope: str, allowed: str) -> None:
    one = await access(google, scopes=[scope])
    message = {"raw": "VG86IGFAYi50ZXN0DQoNCg=="}
    requests = {
        "insert": one.inserting(),
        "freebusy": one.calendar.freebusy().query(
            body={"timeMin": "2026-03-02T00:00:00Z", "timeMax": "2026-03-03T00:00:00Z"}
        ),
        "calendars": one.calendar.calendarList().list(),
        "send": one.messages.send(userId="me", body=message),
        "draft": one.drafts.create(userId="me", body={"message": message}),
    }
    for name, request in requests.items():
        if name in allowed.split():
            await one.run(request)
        else:
            async with refusal(403, "insufficientPermissions") as raised:
                await one.run(request)
            assert 'error="insufficient_scope"' in raised.value.headers["www-authenticate"]


async def test_an_unknown_address_is_googles_404(google: FakeGoogle) -> None:
    for path in ("/calendar/v3/nothing", "/calendar/v3/calendars/primary/events/a/b", "/gmail/v1/users"):
        async with google.http.get(google.url + path) as answer:
            assert answer.status == 404
            assert answer.content_type == "text/html"


async def test_what_is_missing_here_says_so(google: FakeGoogle) -> None:
    admin: Access = await access(google)
    async with refusal(501, "notImplemented"):
        await admin.run(admin.events.quickAdd(calendarId="primary", text="Lunch"))


def test_every_handler_is_for_a_method_that_exists() -> None:
    methods = {**discovery.calendar().methods, **discovery.gmail().methods}
    assert set(HANDLERS) <= set(methods)
