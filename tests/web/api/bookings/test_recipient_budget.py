"""By general links, anybody can name anybody as the customer, a few times a day."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import created, refused, token_of
from tests.support.api.deployment import deployed
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

STARTS = [f"2026-11-19T{hour:02}:{minute:02}:00Z" for hour in range(8, 16) for minute in (0, 30)]
SPELLINGS = [
    "vera.victim@gmail.com",
    "veravictim@gmail.com",
    "Vera.Victim@GMail.com",
    "vera.victim+news@gmail.com",
    "v.e.r.a.victim+1@googlemail.com",
    "veravictim+2@googlemail.com",
]


async def a_page(admin: Api) -> Any:
    return await admin.new_page(await admin.new_event_type())


async def test_the_sixth_booking_of_a_day_for_one_address_is_refused(
    admin: Api, customer: Api, clock: Clock
) -> None:
    page = await a_page(admin)
    for start, email in zip(STARTS, SPELLINGS[:5], strict=False):
        created(await customer.book(page["slug"], start, email=email))
        clock.forward(minutes=6)
    refusal = await customer.book(page["slug"], STARTS[5], email=SPELLINGS[5])
    refused(refusal, 429, "too-many-requests", retry=True)
    assert refusal.headers["Retry-After"] == str(86_400 - 30 * 60)
    created(await customer.book(page["slug"], STARTS[5], email="vera.victim@example.test"))
    created(await customer.book((await a_page(admin))["slug"], STARTS[6], email=SPELLINGS[0]))
    clock.forward(hours=23.5)
    created(await customer.book(page["slug"], "2026-11-20T09:00:00Z", email=SPELLINGS[5]))


async def test_a_cancelled_booking_still_counts_and_a_refused_one_does_not(admin: Api, customer: Api) -> None:
    page = await a_page(admin)
    created(await customer.book(page["slug"], STARTS[1]))
    for _ in range(4):
        refused(await customer.book(page["slug"], STARTS[1]), 409, "slot-taken")
        booking = created(await customer.book(page["slug"], STARTS[0]))
        await customer.post(f"/manage/{token_of(booking)}/cancel", {})
    refused(await customer.book(page["slug"], STARTS[0]), 429, "too-many-requests", retry=True)


async def test_one_time_links_have_another_budget(admin: Api, customer: Api) -> None:
    page = await a_page(admin)
    for start in STARTS[:7]:
        link = await admin.new_link(page)
        created(await customer.book(link["code"], start))
    for start in STARTS[7:12]:
        created(await customer.book(page["slug"], start))


async def test_simultaneous_ones_are_counted_one_by_one(admin: Api, customer: Api) -> None:
    page = await a_page(admin)
    replies = await asyncio.gather(*(customer.book(page["slug"], STARTS[n % 16]) for n in range(50)))
    assert sum(reply.status == 201 for reply in replies) == 5
    assert {reply.status for reply in replies} <= {201, 409, 429}


async def test_no_setting_lifts_a_budget(redis: Redis, clock: Clock) -> None:
    address = f"unix://{redis.connection_pool.connection_kwargs['path']}"
    async with deployed(address, clock, RATE_LIMITS="off") as running:
        admin = await running.user("administrator")
        await running.change_settings(general_link_bookings_per_hour=1)
        page = await a_page(admin)
        for start in STARTS[:5]:
            created(await running.customer.book(page["slug"], start))
        refused(await running.customer.book(page["slug"], STARTS[5]), 429, "too-many-requests", retry=True)


async def test_addresses_are_kept_as_keyed_hashes_for_a_day(
    deployment: Deployment, admin: Api, customer: Api
) -> None:
    page = await a_page(admin)
    created(await customer.book(page["slug"], STARTS[0]))
    [key] = [key async for key in deployment.store.client.scan_iter("*:bookings:recipient:*")]
    assert b"carla" not in key
    assert key.startswith(deployment.store.keys(WORKSPACE).recipient_bookings(page["id"], "").encode())
    assert 0 < await deployment.store.client.ttl(key) <= 86_400


@pytest.mark.parametrize(
    "name", ["https://evil.test", "www.evil.test", "Win at evil.test/x", "ｅｖｉｌ．ｃｏｍ／ｘ"]
)
async def test_a_name_with_a_web_address_is_refused(admin: Api, customer: Api, name: str) -> None:
    page = await a_page(admin)
    refused(await customer.book(page["slug"], STARTS[0], name=name), 422, "invalid", "name")
    person = {"name": name, "email": "vera@example.test"}
    refused(await admin.post("/links", {"page": page["id"], "person": person}), 422, "invalid", "person.name")
    people = [{"name": "Booking.com", "email": "a@example.test"}, person]
    refused(
        await admin.post("/links/batch", {"page": page["id"], "people": people}),
        422,
        "invalid",
        "people.1.name",
    )
    created(await customer.book(page["slug"], STARTS[0], name="Booking.com"))
