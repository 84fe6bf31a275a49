"""`/api/v1/manage/TOKEN`: a customer's own booking is shown, moved and cancelled."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import CARLA, answered, refused, token_of
from tests.support.api.managed_booking import DAYS, LATER, START, a_booking

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

NOT_ANY_MORE = "This booking can't be changed any more."
GONE = "This booking can't be rescheduled because its page no longer exists. You can still cancel it."
ANYTIME = {"allow": "anytime", "minutes": None}


async def test_it_shows_the_booking_and_what_can_be_done(admin: Api, customer: Api) -> None:
    booking, manage, _ = await a_booking(admin, customer)
    assert answered(await customer.get(manage)) == booking | {
        "can": {"cancel": True, "reschedule": True, "why_not": None},
        "policy": {
            "cancel": ANYTIME,
            "reschedule": ANYTIME,
            "reason": "optional",
            "max_reschedules": 5,
            "text": "",
        },
    }


@pytest.mark.parametrize("spell", [str.lower, lambda token: token.replace("0", "o").replace("1", "I")])
async def test_a_token_is_known_however_it_is_written(admin: Api, customer: Api, spell: Any) -> None:
    booking, _, _ = await a_booking(admin, customer)
    shown = answered(await customer.get(f"/manage/{spell(token_of(booking))}"))
    assert shown["manage_url"] == booking["manage_url"]


@pytest.mark.parametrize(
    "token", ["missing", "0ABC01234567890123456789012345", "{token}0", "{id}", "{code}", "%00", "x" * 2000]
)
async def test_a_token_that_is_none_is_not_found(admin: Api, customer: Api, token: str) -> None:
    page = await admin.new_page(await admin.new_event_type())
    link = await admin.new_link(page)
    booking = await customer.booked(link["code"], START)
    manage = f"/manage/{token.format(token=token_of(booking), id=booking['id'], code=link['code'])}"
    refused(await customer.get(manage), 404, "not-found")
    refused(await customer.get(f"{manage}/slots", **DAYS), 404, "not-found")
    refused(await customer.post(f"{manage}/cancel", {}), 404, "not-found")
    refused(await customer.post(f"{manage}/reschedule", {"start": LATER}), 404, "not-found")


async def test_cancelling_frees_the_time(admin: Api, customer: Api) -> None:
    booking, manage, page = await a_booking(admin, customer)
    cancelled = answered(await customer.post(f"{manage}/cancel", {"reason": "I am ill"}))
    assert cancelled["status"] == "cancelled"
    assert cancelled["can"] == {"cancel": False, "reschedule": False, "why_not": NOT_ANY_MORE}
    assert answered(await customer.get(manage)) == cancelled
    refused(await customer.post(f"{manage}/cancel", {}), 409, "booking-not-active")
    refused(await customer.post(f"{manage}/reschedule", {"start": LATER}), 409, "booking-not-active")
    refused(await customer.get(f"{manage}/slots", **DAYS), 409, "booking-not-active")
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["status"] == "cancelled"
    await customer.booked(page["slug"], START)


async def test_of_simultaneous_cancellations_one_is_done(admin: Api, customer: Api) -> None:
    _, manage, _ = await a_booking(admin, customer)
    replies = await asyncio.gather(*(customer.post(f"{manage}/cancel", {}) for _ in range(20)))
    assert Counter(reply.status for reply in replies) == {200: 1, 409: 19}


async def test_moving_keeps_the_booking_and_its_manage_link(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    link = await admin.new_link(page)
    booking = await customer.booked(link["code"], START)
    manage = f"/manage/{token_of(booking)}"
    moved = answered(await customer.post(f"{manage}/reschedule", {"start": LATER, "reason": "Late"}))
    changes = {"status": "rescheduled", "start": LATER, "end": "2026-11-19T09:30:00Z"}
    assert {name: moved[name] for name in booking} == booking | changes
    assert answered(await customer.get(manage)) == moved
    assert answered(await customer.post(f"{manage}/reschedule", {"start": LATER})) == moved
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["reschedules"] == 1
    assert answered(await admin.get(f"/links/{link['id']}"))["bookings"] == [booking["id"]]
    await customer.booked((await admin.new_link(page))["code"], START)


async def test_a_booking_does_not_stand_in_its_own_way(admin: Api, customer: Api) -> None:
    limits = {"max_per_day": 1, "max_per_week": 1, "buffer_before_minutes": 60, "buffer_after_minutes": 60}
    _, manage, page = await a_booking(admin, customer, increment_minutes=15, **limits)
    reply = answered(await customer.get(f"{manage}/slots", **DAYS))
    starts = [slot["start"] for day in reply["days"] for slot in day["slots"]]
    assert len(starts) == 31
    assert await customer.starts(page["slug"], "2026-11-19", "2026-11-19") == []
    for start in ("2026-11-19T08:15:00Z", starts[-1], starts[0]):
        answered(await customer.post(f"{manage}/reschedule", {"start": start}))


async def test_only_offered_times_can_be_moved_to(admin: Api, customer: Api, clock: Clock) -> None:
    _, manage, page = await a_booking(admin, customer, policy={"max_reschedules": None})
    await customer.booked(page["slug"], LATER)
    refused(await customer.post(f"{manage}/reschedule", {"start": LATER}), 409, "slot-taken")
    for start in (
        "2026-11-19T09:15:00Z",
        "2026-11-21T09:00:00Z",
        "2026-11-18T10:00:00Z",
        "2026-11-18T12:00:00Z",
        "2027-03-01T09:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ):
        refused(await customer.post(f"{manage}/reschedule", {"start": start}), 422, "slot-not-offered")
    reply = answered(await customer.get(f"{manage}/slots", **DAYS, timezone="UTC"))
    starts = [slot["start"] for day in reply["days"] for slot in day["slots"]]
    assert LATER not in starts
    clock.forward(hours=1)
    for start in starts:
        answered(await customer.post(f"{manage}/reschedule", {"start": start}))
        clock.forward(minutes=20)


async def test_a_moved_booking_keeps_its_length_and_buffers(admin: Api, customer: Api) -> None:
    event_type = await admin.new_event_type(buffer_after_minutes=30)
    page = await admin.new_page(event_type)
    booking = await customer.booked(page["slug"], START)
    changes = {"duration_minutes": 60, "buffer_after_minutes": 0}
    answered(await admin.patch(f"/event-types/{event_type['id']}", changes))
    moved = answered(await customer.post(f"/manage/{token_of(booking)}/reschedule", {"start": LATER}))
    assert moved["end"] == "2026-11-19T09:30:00Z"
    refused(await customer.book(page["slug"], "2026-11-19T09:00:00Z"), 409, "slot-taken")
    await customer.booked(page["slug"], "2026-11-19T10:00:00Z")


async def test_nothing_is_changed_once_it_has_begun(admin: Api, customer: Api, clock: Clock) -> None:
    _, manage, _ = await a_booking(admin, customer)
    clock.forward(hours=20, minutes=53, seconds=20)  # 08:00:00
    shown = answered(await customer.get(manage))
    assert shown["status"] == "scheduled"
    assert shown["can"] == {"cancel": False, "reschedule": False, "why_not": NOT_ANY_MORE}
    refused(await customer.post(f"{manage}/cancel", {}), 409, "booking-not-active")
    refused(await customer.post(f"{manage}/reschedule", {"start": LATER}), 409, "booking-not-active")
    clock.forward(minutes=30)
    assert answered(await customer.get(manage))["status"] == "completed"


async def test_the_manage_link_outlives_the_link_and_the_page(
    deployment: Deployment, admin: Api, member: Api, customer: Api, clock: Clock
) -> None:
    page = await member.new_page(await admin.new_event_type())
    link = await admin.new_link(page, expires_in_days=1)
    booking = await customer.booked(link["code"], "2026-11-20T08:00:00Z")
    manage = f"/manage/{token_of(booking)}"
    clock.forward(days=1)
    answered(await member.patch(f"/booking-pages/{page['id']}", {"enabled": False, "general_link": False}))
    answered(await customer.post(f"{manage}/reschedule", {"start": "2026-11-20T09:00:00Z"}))
    await deployment.change_user(member, active=False)
    assert answered(await customer.get(manage))["person"] == CARLA
    await admin.delete(f"/booking-pages/{page['id']}")
    shown = answered(await customer.get(manage))
    assert shown["can"] == {"cancel": True, "reschedule": False, "why_not": GONE}
    refused(await customer.get(f"{manage}/slots", **DAYS), 403, "policy-refuses")
    move = await customer.post(f"{manage}/reschedule", {"start": "2026-11-20T10:00:00Z"})
    refused(move, 403, "policy-refuses")
    answered(await customer.post(f"{manage}/cancel", {}))
    clock.forward(days=400)
    assert answered(await customer.get(manage))["status"] == "cancelled"


async def test_a_deleted_event_type_leaves_its_bookings_to_be_cancelled(admin: Api, customer: Api) -> None:
    event_type = await admin.new_event_type()
    page = await admin.new_page(event_type, await admin.new_event_type())
    booking = await customer.booked(page["slug"], START, event_type=event_type["id"])
    manage = f"/manage/{token_of(booking)}"
    await admin.delete(f"/event-types/{event_type['id']}")
    assert answered(await customer.get(manage))["event_type_name"] == "Half an hour"
    refused(await customer.post(f"{manage}/reschedule", {"start": LATER}), 403, "policy-refuses")
    answered(await customer.post(f"{manage}/cancel", {}))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "from"),
        ({**DAYS, "timezone": "Mars"}, "timezone"),
        ({"from_": "2026-11-19", "to": "2027-11-19"}, "to"),
    ],
)
async def test_slots_are_refused_for_days_that_cannot_be(
    admin: Api, customer: Api, query: dict[str, Any], field: str
) -> None:
    _, manage, _ = await a_booking(admin, customer, policy={"reschedule": {"allow": "never"}})
    for path in (manage, "/manage/missing"):
        refused(await customer.get(f"{path}/slots", **query), 422, "invalid", field)
