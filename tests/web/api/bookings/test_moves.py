"""A customer moves a booking a few times, and never as often as would flood a mailbox."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.api.calling import answered, refused
from tests.support.api.managed_booking import DAYS, START, a_booking

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock

STARTS = [f"2026-11-19T{hour:02}:{minute:02}:00Z" for hour in range(9, 15) for minute in (0, 30)]


async def test_sixty_moves_in_a_row_move_a_booking_three_times(admin: Api, customer: Api) -> None:
    booking, manage, _ = await a_booking(admin, customer, policy={"max_reschedules": None})
    replies = [await customer.post(f"{manage}/reschedule", {"start": STARTS[n % 12]}) for n in range(60)]
    assert [reply.status for reply in replies] == [200] * 3 + [429] * 57
    refused(replies[-1], 429, "too-many-requests", retry=True)
    assert replies[-1].headers["Retry-After"] == "3600"
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["reschedules"] == 3


async def test_an_hour_after_a_move_one_more_is_possible(admin: Api, customer: Api, clock: Clock) -> None:
    _, manage, _ = await a_booking(admin, customer, policy={"max_reschedules": None})
    for start in STARTS[:3]:
        answered(await customer.post(f"{manage}/reschedule", {"start": start}))
        clock.forward(minutes=10)
    refusal = await customer.post(f"{manage}/reschedule", {"start": STARTS[3]})
    refused(refusal, 429, "too-many-requests", retry=True)
    assert refusal.headers["Retry-After"] == "1800"
    refused(await customer.get(f"{manage}/slots", **DAYS), 429, "too-many-requests", retry=True)
    can = answered(await customer.get(manage))["can"]
    assert (can["cancel"], can["reschedule"]) == (True, False)
    assert can["why_not"].endswith("It can be rescheduled again in 30 minutes.")
    clock.forward(minutes=30)
    assert answered(await customer.get(manage))["can"]["reschedule"]
    answered(await customer.post(f"{manage}/reschedule", {"start": STARTS[3]}))
    refused(
        await customer.post(f"{manage}/reschedule", {"start": STARTS[4]}),
        429,
        "too-many-requests",
        retry=True,
    )


async def test_a_move_to_the_present_start_does_not_count(admin: Api, customer: Api) -> None:
    _, manage, _ = await a_booking(admin, customer)
    for start in [START] * 4 + STARTS[:1] * 4 + STARTS[1:3]:
        answered(await customer.post(f"{manage}/reschedule", {"start": start}))


async def test_hosts_move_as_often_as_they_like(admin: Api, customer: Api) -> None:
    booking, manage, _ = await a_booking(admin, customer)
    for start in STARTS[:6]:
        answered(await admin.post(f"/bookings/{booking['id']}/reschedule", {"start": start}))
    for start in STARTS[6:9]:
        answered(await customer.post(f"{manage}/reschedule", {"start": start}))
    answered(await admin.post(f"/bookings/{booking['id']}/reschedule", {"start": START}))


async def test_simultaneous_moves_are_counted_one_by_one(admin: Api, customer: Api) -> None:
    booking, manage, _ = await a_booking(admin, customer, policy={"max_reschedules": None})
    for _ in range(3):
        await asyncio.gather(
            *(customer.post(f"{manage}/reschedule", {"start": STARTS[n % 12]}) for n in range(50))
        )
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["reschedules"] == 3


async def test_an_event_type_that_says_nothing_lets_customers_move_five_times(
    admin: Api, customer: Api, clock: Clock
) -> None:
    booking, manage, _ = await a_booking(admin, customer, policy={"reason": "off"})
    for start in STARTS[:5]:
        answered(await customer.post(f"{manage}/reschedule", {"start": start}))
        clock.forward(minutes=30)
    refused(await customer.post(f"{manage}/reschedule", {"start": STARTS[5]}), 403, "policy-refuses")
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["reschedules"] == 5
