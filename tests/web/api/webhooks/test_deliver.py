"""What an endpoint is told, how often, and until when."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, created

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.webhooks.receiver import Received, Receiver
    from tests.web.api.webhooks.conftest import WorkspaceWithWebhooks

EVERYTHING = (
    "link.created",
    "link.opened",
    "link.expired",
    "link.revoked",
    "booking.scheduled",
    "booking.rescheduled",
    "booking.cancelled",
    "booking.completed",
    "booking.no_show",
)


def is_signed(received: Received, secret: str) -> bool:
    """Whether the signature is that of the specification, worked out without our own code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{received.id}.{received.headers['webhook-timestamp']}.".encode() + received.body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return received.headers["webhook-signature"] == f"v1,{wanted}"


@pytest.fixture
async def page(admin: Api) -> Any:
    return await admin.new_page(await admin.new_event_type(max_guests=1))


async def test_every_event_is_told_and_names_its_link(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, customer: Api, page: Any
) -> None:
    hook = await workspace.hook(receiver.url, *EVERYTHING)
    admin = workspace.admin
    link = await admin.new_link(page, person={"name": "Carla Customer", "email": "carla@customer.test"})
    assert (await customer.post(f"/book/{link['code']}/opened", {})).status == 204
    first, second, *_ = await customer.starts(link["code"], "2026-11-23", "2026-11-27")
    booking = await customer.booked(link["code"], first, guests=["gus@guest.test"])
    answered(await admin.post(f"/bookings/{booking['id']}/reschedule", {"start": second}))
    await workspace.work_for(24 * 9)
    answered(await admin.post(f"/bookings/{booking['id']}/no-show", {}))
    other, revoked, expired = [await admin.new_link(page, expires_in_days=days) for days in (30, 30, 1)]
    [start, *_] = await customer.starts(other["code"], "2026-11-30", "2026-12-04")
    cancelled = await customer.booked(other["code"], start)
    answered(await admin.post(f"/bookings/{cancelled['id']}/cancel", {"reason": "I am ill"}))
    answered(await admin.post(f"/links/{revoked['id']}/revoke", {}))
    await workspace.work_for(48)
    told = [one.message for one in receiver.received]
    assert {message["type"] for message in told} == set(EVERYTHING)
    links = {one["id"] for one in (link, other, revoked, expired)}
    assert {message["data"]["link"] for message in told} == links
    assert all(message["data"]["page"] == page["id"] for message in told)
    assert all(is_signed(one, hook["secret"]) for one in receiver.received)
    assert len({one.id for one in receiver.received}) == len(told)
    by_type = {message["type"]: message for message in told}
    moved = by_type["booking.rescheduled"]["data"]
    assert (moved["previous_start"], moved["booking"]["start"]) == (first, second)
    assert moved["booking"]["person"] == {"name": "Carla Customer", "email": "carla@customer.test"}
    assert moved["booking"]["guests"] == ["gus@guest.test"]
    assert by_type["booking.completed"]["timestamp"] == moved["booking"]["end"]
    assert by_type["booking.cancelled"]["data"]["reason"] == "I am ill"
    assert by_type["link.expired"]["data"]["link"] == expired["id"]
    assert by_type["link.created"]["data"]["booking"] is None


async def test_only_what_was_chosen_is_told(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, page: Any
) -> None:
    await workspace.hook(receiver.url, "link.revoked")
    await workspace.admin.new_link(page)
    await workspace.work()
    assert receiver.received == []


async def test_each_webhook_is_told_for_itself(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, page: Any
) -> None:
    for _ in range(3):
        await workspace.hook(receiver.url)
    receiver.answers = [500, 200, 500]
    await workspace.admin.new_link(page)
    await workspace.work()
    await workspace.work_for(1)
    ids = [one.id for one in receiver.received]
    assert len(ids) == 5
    assert len(set(ids)) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
async def test_anything_but_success_is_tried_again_with_the_same_id(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, page: Any, status: int
) -> None:
    hook = await workspace.hook(receiver.url)
    receiver.answers = [status, status]
    receiver.headers = {"Location": "/elsewhere"}
    await workspace.admin.new_link(page)
    await workspace.work_for(1)
    assert len(receiver.received) == 3
    assert len({one.id for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1
    times = [int(one.headers["webhook-timestamp"]) for one in receiver.received]
    assert times == sorted(set(times))
    assert all(is_signed(one, hook["secret"]) for one in receiver.received)
    deliveries = (await workspace.admin.get(f"/webhooks/{hook['id']}/deliveries")).items
    assert [delivery["status"] for delivery in deliveries] == [200, status, status]


async def test_it_waits_for_as_long_as_the_endpoint_asks(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, page: Any
) -> None:
    await workspace.hook(receiver.url)
    receiver.answers = [503]
    receiver.headers = {"Retry-After": "3600"}
    await workspace.admin.new_link(page)
    await workspace.work()
    expiry = 1
    due = await workspace.workers.due()
    assert due == workspace.workers.clock.now + 3600
    assert (await workspace.workers.rest())["delayed"] == expiry + 1


async def test_after_three_days_it_is_given_up_and_parked(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, page: Any
) -> None:
    await workspace.hook(receiver.url)
    receiver.answers = [500] * 1000
    await workspace.admin.new_link(page)
    await workspace.work_for(71)
    assert (await workspace.admin.get("/jobs")).items == []
    await workspace.work_for(8)
    [parked] = (await workspace.admin.get("/jobs")).items
    assert parked["name"] == "webhook.deliver"
    assert parked["cause"] == "The webhook’s endpoint was told nothing: It answered 500."
    assert 12 <= parked["attempts"] == len(receiver.received)
    receiver.answers.clear()
    answered(await workspace.admin.post(f"/jobs/{parked['id']}/retry", {}))
    await workspace.work()
    assert len({one.id for one in receiver.received}) == 1
    assert (await workspace.admin.get("/jobs")).items == []


async def test_an_endpoint_that_is_gone_is_told_nothing_more(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, page: Any
) -> None:
    hook = await workspace.hook(receiver.url)
    receiver.answers = [410]
    await workspace.admin.new_link(page)
    await workspace.work_for(1)
    await workspace.admin.new_link(page)
    await workspace.work_for(1)
    assert len(receiver.received) == 1
    shown = answered(await workspace.admin.get(f"/webhooks/{hook['id']}"))
    assert (shown["enabled"], shown["disabled"]) == (False, "The endpoint answered 410 (Gone).")
    back = answered(await workspace.admin.patch(f"/webhooks/{hook['id']}", {"enabled": True}))
    assert (back["enabled"], back["disabled"]) == (True, None)
    await workspace.admin.new_link(page)
    await workspace.work()
    assert len(receiver.received) == 2


@pytest.mark.parametrize("end", ["delete", "disable"])
async def test_what_is_on_its_way_to_a_webhook_that_ends_is_dropped(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, page: Any, end: str
) -> None:
    hook = await workspace.hook(receiver.url)
    receiver.answers = [500]
    await workspace.admin.new_link(page)
    await workspace.work()
    if end == "delete":
        assert (await workspace.admin.delete(f"/webhooks/{hook['id']}")).status == 204
    else:
        answered(await workspace.admin.patch(f"/webhooks/{hook['id']}", {"enabled": False}))
    await workspace.work_for(80)
    assert len(receiver.received) == 1
    assert (await workspace.admin.get("/jobs")).items == []


async def test_a_test_message_is_sent_once_whatever_becomes_of_it(
    workspace: WorkspaceWithWebhooks, receiver: Receiver
) -> None:
    hook = await workspace.hook(receiver.url)
    receiver.answers = [500]
    sent = answered(await workspace.admin.post(f"/webhooks/{hook['id']}/test", {}))
    await workspace.work_for(1)
    [one] = receiver.received
    assert (one.id, one.message["type"]) == (sent["message"], "webhook.test")
    [delivery] = (await workspace.admin.get(f"/webhooks/{hook['id']}/deliveries")).items
    assert (delivery["message"], delivery["status"]) == (sent["message"], 500)


async def test_an_endpoint_that_cannot_be_reached_is_tried_again(
    workspace: WorkspaceWithWebhooks, page: Any
) -> None:
    hook = await workspace.hook("http://127.0.0.1:9/")
    await workspace.admin.new_link(page)
    await workspace.work()
    [delivery] = (await workspace.admin.get(f"/webhooks/{hook['id']}/deliveries")).items
    assert delivery["status"] is None
    assert "could not be reached" in delivery["reason"]
    assert (await workspace.workers.rest())["delayed"] == 2


async def test_the_secret_is_shown_once_and_sealed(
    workspace: WorkspaceWithWebhooks, receiver: Receiver
) -> None:
    hook = created(
        await workspace.admin.post(
            "/webhooks", {"endpoint": receiver.url, "events": ["link.created"]}, idempotency_key="k"
        )
    )
    assert "secret" not in answered(await workspace.admin.get(f"/webhooks/{hook['id']}"))
    raw = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    assert len(raw) == 24
    client = workspace.workers.store.client
    for key in await client.keys():
        if await client.type(key) == b"hash":
            values: Any = await client.hvals(key)
            text = b"".join(values)
            assert raw not in text
            assert hook["secret"].encode() not in text
            assert base64.b64encode(raw) not in text
