"""`POST /api/v1/links/ID/email`: a host emails a link to its person, or nudges them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import CARLA, answered, refused
from tests.support.api.deployment import Deployment, deployed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock


@pytest.fixture
async def deployment(redis_url: str, clock: Clock) -> AsyncIterator[Deployment]:
    """A server with a mail server, which no test here reaches: no worker runs."""
    mail = {"SMTP_URL": "smtp://127.0.0.1:1", "MAIL_FROM": "bookings@host.test"}
    async with deployed(redis_url, clock, **mail) as running:
        yield running


LINK = {"kind": "link"}


async def emailed(admin: Api, link: Any) -> list[str]:
    """What the link's timeline tells after its creation."""
    told = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    return [entry["type"] for entry in told if entry["by"] == admin.user][1:]


async def test_each_call_is_one_mail_and_a_key_makes_it_one(admin: Api, page: Any) -> None:
    link = await admin.new_link(page, person=CARLA)
    path = f"/links/{link['id']}/email"
    assert (await admin.post(path, LINK)).body["id"] == link["id"]
    first = await admin.post(path, {"kind": "reminder"}, idempotency_key="k")
    again = await admin.post(path, {"kind": "reminder"}, idempotency_key="k")
    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert await emailed(admin, link) == ["link.emailed", "link.reminded"]
    refused(await admin.post(path, LINK, idempotency_key="k"), 422, "idempotency-key-reused")
    listed = (await admin.get("/activity", link=link["id"])).items
    assert "emailed a link to its person" in listed[1]["text"]


async def test_only_a_persons_link_that_can_be_booked_is_mailed(admin: Api, page: Any) -> None:
    link = await admin.new_link(page)
    refused(await admin.post(f"/links/{link['id']}/email", LINK), 409, "link-not-mailable")
    link = await admin.new_link(page, person=CARLA)
    answered(await admin.post(f"/links/{link['id']}/revoke"))
    refused(await admin.post(f"/links/{link['id']}/email", LINK), 409, "link-not-mailable")
    refused(await admin.post("/links/nothing/email", LINK), 404, "not-found")
    refused(await admin.post(f"/links/{link['id']}/email", {"kind": "other"}), 422, "invalid", "kind")


async def test_it_is_for_those_who_may_change_the_link(admin: Api, member: Api, page: Any) -> None:
    link = await admin.new_link(page, person=CARLA)
    refused(await member.post(f"/links/{link['id']}/email", LINK), 403, "forbidden")
