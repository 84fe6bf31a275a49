"""A one-time link that becomes active again is booked a few times, and then no more."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.support.api.calling import answered, created, refused, token_of

if TYPE_CHECKING:
    from tests.support.api.calling import Api, Reply
    from tests.support.api.deployment import Clock

START = "2026-11-19T09:00:00Z"


async def a_link(admin: Api) -> Any:
    """A link that becomes active again when its booking is cancelled."""
    return await admin.new_link(await admin.new_page(await admin.new_event_type()), on_cancel="reactivate")


async def book_and_cancel(customer: Api, link: Any) -> Reply:
    """Try to book, and cancel that."""
    reply = await customer.book(link["code"], START)
    if reply.status == 201:
        answered(await customer.post(f"/manage/{token_of(reply.body)}/cancel", {}))
    return reply


async def test_booked_and_cancelled_in_turn_it_is_booked_five_times_an_hour(
    admin: Api, customer: Api, clock: Clock
) -> None:
    link = await a_link(admin)
    for _ in range(5):
        created(await book_and_cancel(customer, link))
        clock.forward(minutes=10)
    refusal = await book_and_cancel(customer, link)
    refused(refusal, 429, "too-many-requests", retry=True)
    assert refusal.headers["Retry-After"] == "600"
    assert answered(await admin.get(f"/links/{link['id']}"))["status"] == "active"
    clock.forward(minutes=10)
    created(await book_and_cancel(customer, link))
    refused(await book_and_cancel(customer, link), 429, "too-many-requests", retry=True)


async def test_other_links_have_a_budget_of_their_own(admin: Api, customer: Api) -> None:
    first, second = [await a_link(admin) for _ in range(2)]
    for link in [first] * 5 + [second] * 5:
        created(await book_and_cancel(customer, link))
    refused(await book_and_cancel(customer, first), 429, "too-many-requests", retry=True)


async def test_one_operation_counts_once(admin: Api, customer: Api) -> None:
    link = await a_link(admin)
    for number in range(5):
        replies = [
            await customer.book(link["code"], START, idempotency_key=f"key-{number}") for _ in range(2)
        ]
        assert [reply.status for reply in replies] == [201, 201]
        answered(await customer.post(f"/manage/{token_of(replies[0].body)}/cancel", {}))
    refused(await book_and_cancel(customer, link), 429, "too-many-requests", retry=True)


async def test_simultaneous_ones_are_counted_one_by_one(admin: Api, customer: Api) -> None:
    link = await a_link(admin)
    statuses = Counter[int]()
    for _ in range(3):
        replies = await asyncio.gather(*(book_and_cancel(customer, link) for _ in range(30)))
        statuses.update(reply.status for reply in replies)
    assert statuses[201] <= 5
    assert statuses.keys() <= {201, 409, 410, 429}
    assert len(answered(await admin.get(f"/links/{link['id']}"))["bookings"]) == statuses[201]


async def test_after_twenty_bookings_it_stays_used(admin: Api, customer: Api, clock: Clock) -> None:
    link = await a_link(admin)
    for _ in range(20):
        created(await book_and_cancel(customer, link))
        clock.forward(minutes=15)
    refused(await book_and_cancel(customer, link), 410, "link-booked")
    refused(await customer.get(f"/book/{link['code']}"), 410, "link-booked")
    shown = answered(await admin.get(f"/links/{link['id']}"))
    assert (shown["status"], len(shown["bookings"])) == ("booked", 20)
    refusal = await admin.post(f"/links/{link['id']}/reactivate")
    refused(refusal, 409, "link-booked")
    assert (
        refusal.body["detail"] == "This link was booked 20 times, as often as a link can be. Make a new one."
    )
