"""`/api/v1/bookings/ID`: what hosts cancel, move and note; the customer's policy does not bind them."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.codes import Code
from admitone.store.records.readers import read_bookings
from tests.support.api.calling import CARLA, answered, refused, token_of
from tests.support.factories import WORKSPACE, a_booking
from tests.support.store.actions import try_book

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"


@pytest.mark.parametrize("wrong", ["missing", "0" * 26, "{id}:data", "{id}:history", "%00", "x" * 2000])
@pytest.mark.parametrize("call", ["GET", "cancel", "reschedule", "no-show"])
async def test_one_that_is_not_there_is_not_found(
    member: Api, customer: Api, page: Any, call: str, wrong: str
) -> None:
    booking = await customer.booked(page["slug"], START)
    answered(await member.post(f"/bookings/{booking['id']}/reschedule", {"start": LATER}))
    path = f"/bookings/{wrong.format(**booking)}"
    if call == "GET":
        refused(await member.get(path), 404, "not-found")
    else:
        body = {"start": START} if call == "reschedule" else None
        refused(await member.post(f"{path}/{call}", body), 404, "not-found")


async def test_a_host_cancels_whatever_the_policy(member: Api, customer: Api, page: Any) -> None:
    one, two = [await customer.booked(page["slug"], start) for start in (START, LATER)]
    before = answered(await member.get(f"/bookings/{one['id']}"))
    assert answered(await member.post(f"/bookings/{one['id']}/cancel")) == before | {"status": "cancelled"}
    answered(await member.post(f"/bookings/{two['id']}/cancel", {"reason": "I am ill"}))
    for booking in (one, two):
        refused(await member.post(f"/bookings/{booking['id']}/cancel"), 409, "booking-not-active")
    for start in (START, LATER):
        await customer.booked(page["slug"], start)


@pytest.mark.parametrize(
    ("body", "field"), [({"why": "x"}, "why"), ({"reason": 7}, "reason"), ({"reason": "x" * 1001}, "reason")]
)
async def test_a_cancellation_that_is_not_valid_changes_nothing(
    member: Api, customer: Api, page: Any, body: dict[str, Any], field: str
) -> None:
    booking = await customer.booked(page["slug"], START)
    refused(await member.post(f"/bookings/{booking['id']}/cancel", body), 422, "invalid", field)
    assert answered(await member.get(f"/bookings/{booking['id']}"))["status"] == "scheduled"


async def test_what_has_begun_is_cancelled_until_it_has_ended(
    member: Api, customer: Api, page: Any, clock: Clock
) -> None:
    link, other = [await member.new_link(page, on_cancel="reactivate") for _ in range(2)]
    first = await customer.booked(link["code"], START)
    second = await customer.booked(other["code"], LATER)
    clock.forward(hours=21)  # 08:06:40
    answered(await member.post(f"/bookings/{first['id']}/cancel"))
    assert answered(await member.get(f"/links/{link['id']}"))["status"] == "booked"
    clock.forward(hours=2)
    refused(await member.post(f"/bookings/{second['id']}/cancel"), 409, "booking-not-active")


@pytest.mark.parametrize("end", ["expired", "revoked by reactivation and revocation"])
async def test_a_link_that_is_over_is_not_reactivated_by_cancelling(
    member: Api, customer: Api, page: Any, clock: Clock, end: str
) -> None:
    link = await member.new_link(page, on_cancel="reactivate", expires_in_days=1)
    booking = await customer.booked(link["code"], "2026-11-20T08:00:00Z")
    if end == "expired":
        clock.forward(days=1)
        answered(await member.post(f"/bookings/{booking['id']}/cancel"))
        assert answered(await member.get(f"/links/{link['id']}"))["status"] == "booked"
        refused(await customer.book(link["code"], "2026-11-20T08:00:00Z"), 410, "link-booked")
    else:
        answered(await member.post(f"/bookings/{booking['id']}/cancel"))
        answered(await member.post(f"/links/{link['id']}/revoke"))
        refused(await customer.book(link["code"], "2026-11-20T08:00:00Z"), 410, "link-revoked")


async def test_a_host_moves_to_any_free_time_to_come(
    member: Api, customer: Api, page: Any, clock: Clock
) -> None:
    booking = await customer.booked(page["slug"], START)
    before = answered(await member.get(f"/bookings/{booking['id']}"))
    for start, end in (
        ("2026-11-18T11:06:41Z", "2026-11-18T11:36:41Z"),
        ("2026-11-21T22:17:00Z", "2026-11-21T22:47:00Z"),
        ("2050-01-01T00:00:00Z", "2050-01-01T00:30:00Z"),
    ):
        moved = answered(await member.post(f"/bookings/{booking['id']}/reschedule", {"start": start}))
        assert moved == before | {"status": "rescheduled", "start": start, "end": end}
    same = answered(await member.post(f"/bookings/{booking['id']}/reschedule", {"start": start}))
    assert same == moved
    managed = answered(await customer.get(f"/manage/{token_of(booking)}"))
    assert (managed["start"], managed["status"]) == (start, "rescheduled")


@pytest.mark.parametrize(
    "start",
    [
        "2026-11-18T11:06:40Z",
        "2026-11-18T08:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T00:00:00Z",
    ],
)
async def test_a_host_moves_to_no_time_that_is_over_or_has_no_end(
    member: Api, customer: Api, page: Any, start: str
) -> None:
    booking = await customer.booked(page["slug"], START)
    before = answered(await member.get(f"/bookings/{booking['id']}"))
    reply = await member.post(f"/bookings/{booking['id']}/reschedule", {"start": start})
    refused(reply, 422, "slot-not-offered")
    assert answered(await member.get(f"/bookings/{booking['id']}")) == before
    assert len(await customer.starts(page["slug"], "2026-11-19", "2026-11-19")) == 15


@pytest.mark.parametrize("start", ["9999-11-30T00:00:00Z", "9999-12-19T23:30:00Z"])
async def test_a_booking_in_a_distant_future_harms_nobody(admin: Api, customer: Api, start: str) -> None:
    page = await admin.new_page(await admin.new_event_type(max_per_day=1, max_per_week=1))
    booking = await customer.booked(page["slug"], START)
    answered(await admin.post(f"/bookings/{booking['id']}/reschedule", {"start": start}))
    assert (await admin.get("/bookings")).ids == [booking["id"]]
    assert await customer.starts(page["slug"], "9999-11-15", "9999-12-31") == []
    assert await customer.starts(page["slug"], "2026-11-19", "2026-11-19") != []
    token = token_of(booking)
    for days in (("9999-11-15", "9999-12-31"), ("2026-11-19", "2026-11-19")):
        answered(await customer.get(f"/manage/{token}/slots", from_=days[0], to=days[1]))
    answered(await customer.post(f"/manage/{token}/reschedule", {"start": LATER}))


async def test_a_host_moves_to_no_time_that_is_taken(
    admin: Api, member: Api, customer: Api, page: Any
) -> None:
    wide = await admin.new_event_type(buffer_before_minutes=30, buffer_after_minutes=30)
    buffered = await member.new_page(wide)
    one = await customer.booked(buffered["slug"], "2026-11-19T09:00:00Z")
    two = await customer.booked(page["slug"], "2026-11-19T12:00:00Z")
    for start in ("08:31", "09:00", "09:59"):
        move = {"start": f"2026-11-19T{start}:00Z"}
        refused(await member.post(f"/bookings/{two['id']}/reschedule", move), 409, "slot-taken")
    for start in ("08:00", "10:00"):
        move = {"start": f"2026-11-19T{start}:00Z"}
        answered(await member.post(f"/bookings/{two['id']}/reschedule", move))
    answered(await member.post(f"/bookings/{one['id']}/reschedule", {"start": "2026-11-19T08:59:00Z"}))
    near = await member.post(f"/bookings/{one['id']}/reschedule", {"start": "2026-11-19T09:01:00Z"})
    refused(near, 409, "slot-taken")


async def test_what_is_over_is_not_moved(member: Api, customer: Api, page: Any, clock: Clock) -> None:
    one, two = [await customer.booked(page["slug"], start) for start in (START, LATER)]
    answered(await member.post(f"/bookings/{two['id']}/cancel"))
    clock.forward(hours=21)  # 08:06:40
    for booking in (one, two):
        for start in ("2026-11-20T09:00:00Z", START):
            reply = await member.post(f"/bookings/{booking['id']}/reschedule", {"start": start})
            refused(reply, 409, "booking-not-active")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "start"),
        ({"start": "soon"}, "start"),
        ({"start": None}, "start"),
        ({"start": LATER, "end": LATER}, "end"),
        ({"start": LATER, "reason": "x" * 1001}, "reason"),
    ],
)
async def test_a_move_that_is_not_valid_changes_nothing(
    member: Api, customer: Api, page: Any, body: dict[str, Any], field: str
) -> None:
    booking = await customer.booked(page["slug"], START)
    refused(await member.post(f"/bookings/{booking['id']}/reschedule", body), 422, "invalid", field)
    assert answered(await member.get(f"/bookings/{booking['id']}"))["start"] == START


async def test_nobody_fails_to_come_before_the_start(
    member: Api, customer: Api, page: Any, clock: Clock
) -> None:
    booking = await customer.booked(page["slug"], START)
    path = f"/bookings/{booking['id']}"
    clock.forward(hours=20.8)
    refused(await member.post(f"{path}/no-show"), 409, "booking-not-active")
    clock.forward(days=3)
    refused(await member.post(f"{path}/no-show", {"reason": "x"}), 422, "invalid", "reason")
    noted = answered(await member.post(f"{path}/no-show"))
    assert noted["status"] == "no_show"
    assert answered(await member.post(f"{path}/no-show")) == noted
    refused(await member.post(f"{path}/cancel"), 409, "booking-not-active")
    move = await member.post(f"{path}/reschedule", {"start": "2026-11-30T08:00:00Z"})
    refused(move, 409, "booking-not-active")
    managed = answered(await customer.get(f"/manage/{token_of(booking)}"))
    assert managed["status"] == "no_show"
    assert managed["can"] == {
        "cancel": False,
        "reschedule": False,
        "why_not": "This booking can't be changed any more.",
    }


async def test_a_cancelled_booking_has_no_no_show(
    member: Api, customer: Api, page: Any, clock: Clock
) -> None:
    booking = await customer.booked(page["slug"], START)
    answered(await member.post(f"/bookings/{booking['id']}/cancel"))
    clock.forward(days=3)
    refused(await member.post(f"/bookings/{booking['id']}/no-show"), 409, "booking-not-active")


async def test_a_no_show_is_taken_back(member: Api, customer: Api, page: Any, clock: Clock) -> None:
    booking = await customer.booked(page["slug"], START)
    path = f"/bookings/{booking['id']}"
    scheduled = answered(await member.get(path))
    assert answered(await member.delete(f"{path}/no-show")) == scheduled
    clock.forward(days=3)
    answered(await member.post(f"{path}/no-show"))
    undone = answered(await member.delete(f"{path}/no-show"))
    assert undone["status"] == "completed"
    assert answered(await member.delete(f"{path}/no-show")) == undone == answered(await member.get(path))
    assert answered(await member.post(f"{path}/no-show"))["status"] == "no_show"


async def test_a_no_show_is_taken_back_while_its_time_lasts_unless_that_is_booked(
    member: Api, customer: Api, page: Any, clock: Clock, deployment: Deployment
) -> None:
    booking = await customer.booked(page["slug"], START)
    path = f"/bookings/{booking['id']}"
    clock.now = int(datetime.fromisoformat(START).timestamp()) + 60
    answered(await member.post(f"{path}/no-show"))
    assert answered(await member.delete(f"{path}/no-show"))["status"] == "scheduled"
    answered(await member.post(f"{path}/no-show"))
    [missed] = await read_bookings(deployment.store, WORKSPACE, [booking["id"]])
    other = a_booking(start=missed.start + 600, users=missed.users, page=missed.page)
    assert (await try_book(deployment.store, other)).code is Code.OK
    refused(await member.delete(f"{path}/no-show"), 409, "slot-taken")


async def test_a_cancelled_booking_is_not_taken_back(member: Api, customer: Api, page: Any) -> None:
    booking = await customer.booked(page["slug"], START)
    answered(await member.post(f"/bookings/{booking['id']}/cancel"))
    refused(await member.delete(f"/bookings/{booking['id']}/no-show"), 409, "booking-not-active")


async def test_of_simultaneous_changes_each_is_whole(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    booking = await customer.booked(page["slug"], START)
    path, manage = f"/bookings/{booking['id']}", f"/manage/{token_of(booking)}"
    moves = [f"2026-11-19T{hour:02}:00:00Z" for hour in (9, 10, 11)]
    replies = await asyncio.gather(
        *(admin.post(f"{path}/reschedule", {"start": start}) for start in moves),
        *(customer.post(f"{manage}/reschedule", {"start": start}) for start in moves),
        admin.post(f"{path}/cancel"),
        customer.post(f"{manage}/cancel", {}),
    )
    statuses = Counter(reply.status for reply in replies)
    assert statuses.keys() <= {200, 409, 503}
    assert sum(reply.status == 200 for reply in replies[-2:]) <= 1
    found_now = answered(await admin.get(path))
    assert found_now["person"] == CARLA
    if 200 in {reply.status for reply in replies[-2:]}:
        assert found_now["status"] == "cancelled"
