"""`/api/v1/invitations`: an address may come in until it is withdrawn, replaced or too late."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.support.api.calling import Api, created, refused, utc
from tests.support.factories import NOW

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock, Deployment

IDA = {"email": "Ida.Invited@Example.com", "role": "administrator"}
DAYS = 86_400


async def test_an_invitation_is_made_listed_and_withdrawn(admin: Api) -> None:
    made = created(await admin.post("/invitations", IDA))
    assert (made["email"], made["role"]) == ("ida.invited@example.com", "administrator")
    assert (made["status"], made["expires_at"]) == ("pending", utc(NOW + 14 * DAYS))
    assert (await admin.get("/invitations")).items == [made]
    assert (await admin.delete(f"/invitations/{made['id']}")).status == 204
    assert (await admin.get("/invitations")).items == []
    refused(await admin.delete(f"/invitations/{made['id']}"), 404, "not-found")


async def test_inviting_again_takes_the_earlier_link_away(admin: Api) -> None:
    first = created(await admin.post("/invitations", IDA))
    second = created(await admin.post("/invitations", {"email": "ida.invited@EXAMPLE.com"}))
    assert second["role"] == "member"
    assert second["accept_url"] != first["accept_url"]
    assert (await admin.get("/invitations")).items == [second]


async def test_the_same_idempotency_key_invites_once(admin: Api) -> None:
    first = created(await admin.post("/invitations", IDA, idempotency_key="once"))
    assert created(await admin.post("/invitations", IDA, idempotency_key="once")) == first
    assert (await admin.get("/invitations")).items == [first]


async def test_an_invitation_expires(admin: Api, clock: Clock) -> None:
    created(await admin.post("/invitations", IDA))
    clock.forward(days=14)
    [late] = (await admin.get("/invitations")).items
    assert late["status"] == "expired"


async def test_a_token_is_nowhere_in_the_database(admin: Api, deployment: Deployment) -> None:
    made = created(await admin.post("/invitations", IDA, idempotency_key="once"))
    token = made["accept_url"].rpartition("/")[2].encode()
    client = deployment.store.client
    async for key in client.scan_iter():
        assert token not in (await client.dump(key) or b"")


async def test_an_address_is_invited_five_times_a_day_however_it_is_spelled(admin: Api, clock: Clock) -> None:
    for spelling in (
        "ida@gmail.com",
        "i.da@gmail.com",
        "IDA@GMAIL.com",
        "ida+1@gmail.com",
        "ida@googlemail.com",
    ):
        created(await admin.post("/invitations", {"email": spelling}, idempotency_key=spelling))
        created(await admin.post("/invitations", {"email": spelling}, idempotency_key=spelling))
    refusal = await admin.post("/invitations", {"email": "ida+2@gmail.com"})
    refused(refusal, 429, "too-many-requests", retry=True)
    assert refusal.headers["Retry-After"] == str(DAYS)
    created(await admin.post("/invitations", {"email": "another.ida@gmail.com"}))
    clock.forward(days=1)
    created(await admin.post("/invitations", {"email": "ida+2@gmail.com"}))


async def test_withdrawing_an_invitation_gives_nothing_back(admin: Api) -> None:
    for _ in range(5):
        made = created(await admin.post("/invitations", IDA))
        assert (await admin.delete(f"/invitations/{made['id']}")).status == 204
    refused(await admin.post("/invitations", IDA), 429, "too-many-requests", retry=True)


async def test_a_workspace_invites_a_hundred_times_a_day(admin: Api, stranger: Api, clock: Clock) -> None:
    bodies = [{"email": f"{number}@example.com"} for number in range(120)]
    replies = await asyncio.gather(*(admin.post("/invitations", body) for body in bodies))
    assert Counter(reply.status for reply in replies) == {201: 100, 429: 20}
    created(await stranger.post("/invitations", IDA))
    clock.forward(days=1)
    created(await admin.post("/invitations", IDA))


@pytest.mark.parametrize("email", ["", "ida", "ida@", "a@b@example.com", "ida@a.test\r\nBcc: x@y.test", 7])
async def test_what_is_no_address_is_not_invited(admin: Api, email: object) -> None:
    refused(await admin.post("/invitations", {"email": email}), 422, "invalid", "email")
    refused(await admin.post("/invitations", {**IDA, "role": "owner"}), 422, "invalid", "role")
    assert (await admin.get("/invitations")).items == []


async def test_only_administrators_invite_and_only_to_their_workspace(
    admin: Api, member: Api, stranger: Api
) -> None:
    made = created(await admin.post("/invitations", IDA))
    refused(await member.post("/invitations", IDA), 403, "forbidden")
    refused(await member.get("/invitations"), 403, "forbidden")
    refused(await member.delete(f"/invitations/{made['id']}"), 403, "forbidden")
    refused(await stranger.delete(f"/invitations/{made['id']}"), 404, "not-found")
    assert (await stranger.get("/invitations")).items == []
    created(await stranger.post("/invitations", IDA))
    assert (await admin.get("/invitations")).items == [made]
