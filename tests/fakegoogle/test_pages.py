"""The web pages: their contents and their forms."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from tests.support.fakegoogle.apis import Access, access, hour

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


async def _text(google: FakeGoogle, path: str, status: int = 200) -> str:
    async with google.http.get(google.url + path) as answer:
        assert answer.status == status
        return await answer.text()


async def test_the_accounts_are_listed(google: FakeGoogle, admin: Access) -> None:
    await admin.insert()
    text = await _text(google, "/")
    assert all(account in text for account in google.state.data.accounts)


async def test_a_calendar_shows_its_events_in_order(google: FakeGoogle, admin: Access) -> None:
    await admin.insert(summary="Later", **hour("2026-03-03T09:00:00Z", "2026-03-03T10:00:00Z"))
    await admin.insert(
        summary="Sooner",
        attendees=[{"email": "carla@else.test", "displayName": "Carla"}],
        description='Notes: a &lt;b&gt; c<br><br>At <a href="https://book.test/x">https://book.test/x</a>',
        conferenceData={"createRequest": {"requestId": "1"}},
        conferenceDataVersion=1,
    )
    await admin.insert(summary="Whole day", start={"date": "2026-03-05"}, end={"date": "2026-03-06"})
    text = await _text(google, "/accounts/admin@acme.test")
    assert text.index("Sooner") < text.index("Later") < text.index("Whole day")
    assert "Mon 02 Mar 2026 10:00 to 11:00" in text
    assert "https://meet.google.com/" in text
    assert "carla@else.test</span>: needsAction" in text
    assert "2026-03-05, all day" in text
    assert "Notes: a &lt;b&gt; c\n\nAt <a href=" in text


async def test_cancelled_events_stay_visible_as_such(google: FakeGoogle, admin: Access) -> None:
    event = await admin.insert(summary="Off")
    await admin.run(admin.events.delete(calendarId="primary", eventId=event["id"], sendUpdates="all"))
    assert "<s>Off</s> (cancelled)" in await _text(google, "/accounts/admin@acme.test")


async def test_sent_mail_is_shown_with_headers_text_and_bytes(google: FakeGoogle, admin: Access) -> None:
    mail = b"To: carla@else.test\r\nSubject: <b>Confirmed</b>\r\n\r\nSee <you>\r\n"
    raw = base64.urlsafe_b64encode(mail).decode()
    sent = await admin.run(admin.messages.send(userId="me", body={"raw": raw}))
    text = await _text(google, "/accounts/admin@acme.test")
    assert "&lt;b&gt;Confirmed&lt;/b&gt;" in text
    text = await _text(google, f"/accounts/admin@acme.test/mail/{sent['id']}")
    assert "carla@else.test" in text
    assert "See &lt;you&gt;" in text
    assert "<you>" not in text
    await _text(google, "/accounts/admin@acme.test/mail/none", status=404)
    await _text(google, "/accounts/nobody@acme.test", status=404)


async def test_what_calendar_mailed_is_shown(google: FakeGoogle, admin: Access) -> None:
    await admin.insert(attendees=[{"email": "carla@else.test"}], sendUpdates="all")
    assert "REQUEST, sequence 0" in await _text(google, "/accounts/admin@acme.test")


async def test_a_person_moves_and_deletes_an_event_on_the_page(google: FakeGoogle, admin: Access) -> None:
    event = await admin.insert()
    base = f"{google.url}/accounts/admin@acme.test/calendars/admin@acme.test/events/{event['id']}"
    own = {"Origin": google.url}
    async with google.http.post(f"{base}/move", data={"start": "2026-03-04T15:30"}, headers=own) as answer:
        assert answer.status == 200
        assert "Wed 04 Mar 2026 15:30 to 16:30" in await answer.text()
    for start in ("soon", "", "9999-12-31T23:59"):
        async with google.http.post(f"{base}/move", data={"start": start}, headers=own) as answer:
            assert answer.status == 400
    async with google.http.post(f"{base}/delete", headers=own) as answer:
        assert answer.status == 200
    async with google.http.post(f"{base}/delete", headers=own) as answer:
        assert answer.status == 400
    assert await admin.listed() == []


async def test_a_form_elsewhere_does_nothing(google: FakeGoogle, admin: Access) -> None:
    event = await admin.insert()
    base = f"{google.url}/accounts/admin@acme.test/calendars/admin@acme.test/events/{event['id']}"
    for headers in ({"Origin": "https://evil.test"}, {"Origin": "null"}, {}):
        for action in ("delete", "move"):
            async with google.http.post(f"{base}/{action}", headers=headers) as answer:
                assert answer.status == 403
    assert await admin.listed() == [event["id"]]


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("=?utf-8?b?w4BkYSDigJMgQ2FybGE=?=", "Àda – Carla"),
        ("=?nonsense?b?QQ==?=", "=?nonsense?b?QQ==?="),
        ("=?utf-8?b?/w==?=", "=?utf-8?b?/w==?="),
    ],
)
async def test_subjects_are_shown_as_people_read_them(
    google: FakeGoogle, admin: Access, subject: str, shown: str
) -> None:
    mail = f"To: carla@else.test\r\nSubject: {subject}\r\n\r\nHello\r\n".encode()
    raw = base64.urlsafe_b64encode(mail).decode()
    sent = await admin.run(admin.messages.send(userId="me", body={"raw": raw}))
    for path in "/accounts/admin@acme.test", f"/accounts/admin@acme.test/mail/{sent['id']}":
        assert shown in await _text(google, path)
