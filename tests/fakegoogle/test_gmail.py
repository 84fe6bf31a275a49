"""Gmail: a repeated message is sent again, a draft is sent once; messages are stored unchanged."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from googleapiclient.http import MediaInMemoryUpload

from tests.support.fakegoogle.apis import Access, access, refusal

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle

MAIL = (
    b"From: Ada <admin@acme.test>\r\n"
    b"To: Carla <carla@else.test>\r\n"
    b"Subject: Confirmed\r\n"
    b"Message-ID: <one@admitone.test>\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n'
    b"\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGr\xc3\xbcezi \r\n"
    b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello</p>\r\n"
    b"--b--\r\n"
)


def _raw(content: bytes = MAIL) -> dict[str, str]:
    return {"raw": base64.urlsafe_b64encode(content).decode()}


def _sent(google: FakeGoogle, account: str = "admin@acme.test") -> list[bytes]:
    messages = google.state.data.mailboxes[account].messages.values()
    return [base64.urlsafe_b64decode(message.raw) for message in messages]


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


async def test_a_message_is_sent_and_its_bytes_are_kept(google: FakeGoogle, admin: Access) -> None:
    sent = await admin.run(admin.messages.send(userId="me", body=_raw()))
    assert sent["labelIds"] == ["SENT"]
    assert _sent(google) == [MAIL]
    read = await admin.run(admin.messages.get(userId="admin@acme.test", id=sent["id"], format="raw"))
    assert base64.urlsafe_b64decode(read["raw"]) == MAIL
    assert read["snippet"] == "Grüezi"


async def test_the_same_message_twice_is_sent_twice(google: FakeGoogle, admin: Access) -> None:
    for _ in range(2):
        await admin.run(admin.messages.send(userId="me", body=_raw()))
    assert _sent(google) == [MAIL, MAIL]


async def test_a_message_may_be_uploaded(google: FakeGoogle, admin: Access) -> None:
    media = MediaInMemoryUpload(MAIL, mimetype="message/rfc822")
    await admin.run(admin.messages.send(userId="me", media_body=media))
    assert _sent(google) == [MAIL]


async def test_a_message_may_be_uploaded_with_its_metadata(google: FakeGoogle, admin: Access) -> None:
    plain = b"To: carla@else.test\n\nHello\n"
    media = MediaInMemoryUpload(plain, mimetype="message/rfc822")
    first = await admin.run(admin.messages.send(userId="me", body={}, media_body=media))
    await admin.run(admin.messages.send(userId="me", body={"threadId": first["threadId"]}, media_body=media))
    assert _sent(google) == [plain, plain]


async def test_an_upload_is_a_message(admin: Access) -> None:
    path = "/upload/gmail/v1/users/me/messages/send"
    for query, content_type in (
        ("uploadType=media", "text/plain"),
        ("uploadType=parcel", "message/rfc822"),
        ("", "message/rfc822"),
        ("uploadType=multipart", "message/rfc822"),
    ):
        status, body = await admin.raw(
            "POST", f"{path}?{query}", data=MAIL, headers={"Content-Type": content_type}
        )
        assert (status, body["error"]["code"]) == (400, 400)


@pytest.mark.parametrize("form", ["minimal", "full", "metadata", "raw"])
async def test_a_message_in_each_format(admin: Access, form: str) -> None:
    sent = await admin.run(admin.messages.send(userId="me", body=_raw()))
    headers = ["subject"] if form == "metadata" else None
    read = await admin.run(
        admin.messages.get(userId="me", id=sent["id"], format=form, metadataHeaders=headers)
    )
    assert ("raw" in read) == (form == "raw")
    assert ("payload" in read) == (form in ("full", "metadata"))
    if form == "metadata":
        assert read["payload"]["headers"] == [{"name": "Subject", "value": "Confirmed"}]
    if form == "full":
        plain, html = read["payload"]["parts"]
        assert plain["mimeType"] == "text/plain"
        assert base64.urlsafe_b64decode(html["body"]["data"]).strip() == b"<p>Hello</p>"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "invalidArgument"),
        ({"raw": "not base64!"}, "invalid"),
        ({"raw": 7}, "invalid"),
        ({"row": "x"}, "invalid"),
        (_raw(b"Subject: nobody\r\n\r\n"), "invalidArgument"),
        (_raw(b"To: nobody\r\n\r\n"), "invalidArgument"),
        (_raw(b'To: a@b.test\r\nCc: "x" <y>\r\n\r\n'), "invalidArgument"),
    ],
)
async def test_what_gmail_refuses_to_send(
    google: FakeGoogle, admin: Access, body: dict[str, Any], reason: str
) -> None:
    async with refusal(400, reason):
        await admin.run(admin.messages.send(userId="me", body=body))
    assert _sent(google) == []


async def test_a_thread_exists_before_something_is_added_to_it(admin: Access) -> None:
    first = await admin.run(admin.messages.send(userId="me", body=_raw()))
    second = await admin.run(admin.messages.send(userId="me", body={**_raw(), "threadId": first["threadId"]}))
    assert second["threadId"] == first["threadId"]
    async with refusal(404, "notFound"):
        await admin.run(admin.messages.send(userId="me", body={**_raw(), "threadId": "nothing"}))


async def test_nobody_sends_for_another(admin: Access) -> None:
    async with refusal(403, "forbidden"):
        await admin.run(admin.messages.send(userId="member@acme.test", body=_raw()))


async def test_a_draft_is_sent_once(google: FakeGoogle, admin: Access) -> None:
    draft = await admin.run(admin.drafts.create(userId="me", body={"message": _raw()}))
    assert draft["message"]["labelIds"] == ["DRAFT"]
    assert _sent(google) == []
    sent = await admin.run(admin.drafts.send(userId="me", body={"id": draft["id"]}))
    assert sent["id"] != draft["message"]["id"]
    assert sent["labelIds"] == ["SENT"]
    async with refusal(404, "notFound"):
        await admin.run(admin.drafts.send(userId="me", body={"id": draft["id"]}))
    async with refusal(404, "notFound"):
        await admin.run(admin.drafts.get(userId="me", id=draft["id"]))
    assert _sent(google) == [MAIL]


async def test_a_draft_whose_sending_was_not_answered_is_gone(google: FakeGoogle, admin: Access) -> None:
    """This tells a retry that the mail was sent."""
    draft = await admin.run(admin.drafts.create(userId="me", body={"message": _raw()}))
    await google.fault("gmail.users.drafts.send", "work_done_answer_lost")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await admin.raw("POST", "/gmail/v1/users/me/drafts/send", json={"id": draft["id"]})
    async with refusal(404, "notFound"):
        await admin.run(admin.drafts.get(userId="me", id=draft["id"]))
    assert _sent(google) == [MAIL]


async def test_drafts_are_kept_listed_replaced_and_deleted(google: FakeGoogle, admin: Access) -> None:
    assert await admin.run(admin.drafts.list(userId="me")) == {"resultSizeEstimate": 0}
    first = await admin.run(admin.drafts.create(userId="me", body={"message": _raw()}))
    second = await admin.run(admin.drafts.create(userId="me", body={"message": _raw()}))
    page = await admin.run(admin.drafts.list(userId="me", maxResults=1))
    assert [draft["id"] for draft in page["drafts"]] == [second["id"]]
    rest = await admin.run(admin.drafts.list(userId="me", pageToken=page["nextPageToken"]))
    assert [draft["id"] for draft in rest["drafts"]] == [first["id"]]
    changed = MAIL.replace(b"Confirmed", b"Moved")
    await admin.run(admin.drafts.update(userId="me", id=first["id"], body={"message": _raw(changed)}))
    read = await admin.run(admin.drafts.get(userId="me", id=first["id"], format="raw"))
    assert base64.urlsafe_b64decode(read["message"]["raw"]) == changed
    await admin.run(admin.drafts.delete(userId="me", id=second["id"]))
    async with refusal(404, "notFound"):
        await admin.run(admin.drafts.delete(userId="me", id=second["id"]))
    async with refusal(400, "invalidArgument"):
        await admin.run(admin.drafts.create(userId="me", body={}))
    async with refusal(400, "invalid"):
        await admin.run(admin.drafts.send(userId="me", body={}))


async def test_the_profile_counts(admin: Access) -> None:
    await admin.run(admin.messages.send(userId="me", body=_raw()))
    profile = await admin.run(admin.gmail.users().getProfile(userId="me"))
    assert profile["emailAddress"] == "admin@acme.test"
    assert profile["messagesTotal"] == 1
