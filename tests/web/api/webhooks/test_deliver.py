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
    from tests.web.api.webhooks.conftest import Desk

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
    return await admin.new_page(await admin.new_event_type())


async def test_every_event_is_told_and_names_its_link(
    desk: Desk, receiver: Receiver, customer: Api, page: Any
) -> None:
    hook = await desk.hook(receiver.url, *EVERYTHING)
    admin = desk.admin
    link = await admin.new_link(page, person={"name": "Carla Customer", "email": "carla@customer.test"})
    assert (await customer.post(f"/book/{link['code']}/opened", {})).status == 204
    first, second, *_ = await customer.starts(link["code"], "2026-11-23", "2026-11-27")
    booking = await customer.booked(link["code"], first)
    answered(await admin.post(f"/bookings/{booking['id']}/reschedule", {"start": second}))
    await desk.work_for(24 * 9)
    answered(await admin.post(f"/bookings/{booking['id']}/no-show", {}))
    other, revoked, expired = [await admin.new_link(page, expires_in_days=days) for days in (30, 30, 1)]
    [start, *_] = await customer.starts(other["code"], "2026-11-30", "2026-12-04")
    cancelled = await customer.booked(other["code"], start)
    answered(await admin.post(f"/bookings/{cancelled['id']}/cancel", {"reason": "I am ill"}))
    answered(await admin.post(f"/links/{revoked['id']}/revoke", {}))
    await desk.work_for(48)
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
    assert by_type["booking.completed"]["timestamp"] == moved["booking"]["end"]
    assert by_type["booking.cancelled"]["data"]["reason"] == "I am ill"
    assert by_type["link.expired"]["data"]["link"] == expired["id"]
    assert by_type["link.created"]["data"]["booking"] is None


async def test_only_what_was_chosen_is_told(desk: Desk, receiver: Receiver, page: Any) -> None:
    await desk.hook(receiver.url, "link.revoked")
    await desk.admin.new_link(page)
    await desk.work()
    assert receiver.received == []


async def test_each_webhook_is_told_for_itself(desk: Desk, receiver: Receiver, page: Any) -> None:
    for _ in range(3):
        await desk.hook(receiver.url)
    receiver.answers = [500, 200, 500]
    await desk.admin.new_link(page)
    await desk.work()
    await desk.work_for(1)
    ids = [one.id for one in receiver.received]
    assert len(ids) == 5
    assert len(set(ids)) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
async def test_anything_but_success_is_tried_again_with_the_same_id(
    desk: Desk, receiver: Receiver, page: Any, status: int
) -> None:
    hook = await desk.hook(receiver.url)
    receiver.answers = [status, status]
    receiver.headers = {"Location": "/elsewhere"}
    await desk.admin.new_link(page)
    await desk.work_for(1)
    assert len(receiver.received) == 3
    assert len({one.id for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1
    times = [int(one.headers["webhook-timestamp"]) for one in receiver.received]
    assert times == sorted(set(times))
    assert all(is_signed(one, hook["secret"]) for one in receiver.received)
    deliveries = (await desk.admin.get(f"/webhooks/{hook['id']}/deliveries")).items
    assert [delivery["status"] for delivery in deliveries] == [200, status, status]


async def test_it_waits_for_as_long_as_the_endpoint_asks(desk: Desk, receiver: Receiver, page: Any) -> None:
    await desk.hook(receiver.url)
    receiver.answers = [503]
    receiver.headers = {"Retry-After": "3600"}
    await desk.admin.new_link(page)
    await desk.work()
    expiry = 1
    due = await desk.house.due()
    assert due == desk.house.clock.now + 3600
    assert (await desk.house.rest())["delayed"] == expiry + 1


async def test_after_three_days_it_is_given_up_and_parked(desk: Desk, receiver: Receiver, page: Any) -> None:
    await desk.hook(receiver.url)
    receiver.answers = [500] * 1000
    await desk.admin.new_link(page)
    await desk.work_for(71)
    assert (await desk.admin.get("/jobs")).items == []
    await desk.work_for(8)
    [parked] = (await desk.admin.get("/jobs")).items
    assert parked["name"] == "webhook.deliver"
    assert parked["cause"] == "The webhook’s endpoint was told nothing: It answered 500."
    assert 12 <= parked["attempts"] == len(receiver.received)
    receiver.answers.clear()
    answered(await desk.admin.post(f"/jobs/{parked['id']}/retry", {}))
    await desk.work()
    assert len({one.id for one in receiver.received}) == 1
    assert (await desk.admin.get("/jobs")).items == []


async def test_an_endpoint_that_is_gone_is_told_nothing_more(
    desk: Desk, receiver: Receiver, page: Any
) -> None:
    hook = await desk.hook(receiver.url)
    receiver.answers = [410]
    await desk.admin.new_link(page)
    await desk.work_for(1)
    await desk.admin.new_link(page)
    await desk.work_for(1)
    assert len(receiver.received) == 1
    shown = answered(await desk.admin.get(f"/webhooks/{hook['id']}"))
    assert (shown["enabled"], shown["disabled"]) == (False, "The endpoint answered 410 (Gone).")
    back = answered(await desk.admin.patch(f"/webhooks/{hook['id']}", {"enabled": True}))
    assert (back["enabled"], back["disabled"]) == (True, None)
    await desk.admin.new_link(page)
    await desk.work()
    assert len(receiver.received) == 2


@pytest.mark.parametrize("end", ["delete", "disable"])
async def test_what_is_on_its_way_to_a_webhook_that_ends_is_dropped(
    desk: Desk, receiver: Receiver, page: Any, end: str
) -> None:
    hook = await desk.hook(receiver.url)
    receiver.answers = [500]
    await desk.admin.new_link(page)
    await desk.work()
    if end == "delete":
        assert (await desk.admin.delete(f"/webhooks/{hook['id']}")).status == 204
    else:
        answered(await desk.admin.patch(f"/webhooks/{hook['id']}", {"enabled": False}))
    await desk.work_for(80)
    assert len(receiver.received) == 1
    assert (await desk.admin.get("/jobs")).items == []


async def test_a_test_message_is_sent_once_whatever_becomes_of_it(desk: Desk, receiver: Receiver) -> None:
    hook = await desk.hook(receiver.url)
    receiver.answers = [500]
    sent = answered(await desk.admin.post(f"/webhooks/{hook['id']}/test", {}))
    await desk.work_for(1)
    [one] = receiver.received
    assert (one.id, one.message["type"]) == (sent["message"], "webhook.test")
    [delivery] = (await desk.admin.get(f"/webhooks/{hook['id']}/deliveries")).items
    assert (delivery["message"], delivery["status"]) == (sent["message"], 500)


async def test_an_endpoint_that_cannot_be_reached_is_tried_again(desk: Desk, page: Any) -> None:
    hook = await desk.hook("http://127.0.0.1:9/")
    await desk.admin.new_link(page)
    await desk.work()
    [delivery] = (await desk.admin.get(f"/webhooks/{hook['id']}/deliveries")).items
    assert delivery["status"] is None
    assert "could not be reached" in delivery["reason"]
    assert (await desk.house.rest())["delayed"] == 2


async def test_the_secret_is_shown_once_and_sealed(desk: Desk, receiver: Receiver) -> None:
    hook = created(
        await desk.admin.post(
            "/webhooks", {"endpoint": receiver.url, "events": ["link.created"]}, idempotency_key="k"
        )
    )
    assert "secret" not in answered(await desk.admin.get(f"/webhooks/{hook['id']}"))
    raw = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    assert len(raw) == 24
    client = desk.house.store.client
    for key in await client.keys():
        if await client.type(key) == b"hash":
            values: Any = await client.hvals(key)
            text = b"".join(values)
            assert raw not in text
            assert hook["secret"].encode() not in text
            assert base64.b64encode(raw) not in text
