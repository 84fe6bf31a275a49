"""Fifty clients at once, through three servers, get as much as a budget has, and never one more."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.support.api.calling import Reply, answered, created, token_of
from tests.support.api.servers import always_open, coming_days

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.api.servers import Servers

CLIENTS = 50


async def at_once(act: Callable[[], Awaitable[Reply]]) -> Counter[int]:
    """The statuses that so many clients get at the same time."""
    return Counter(reply.status for reply in await asyncio.gather(*(act() for _ in range(CLIENTS))))


async def a_page(servers: Servers) -> tuple[Any, Any, list[str]]:
    """An administrator, their page, and starts of one day."""
    admin, (day, _) = await servers.user(), coming_days()
    page = await always_open(admin, policy={"max_reschedules": None})
    return admin, page, await servers.customer.starts(page["slug"], day, day)


async def test_moves_of_one_booking(servers: Servers) -> None:
    admin, page, starts = await a_page(servers)
    booking = await servers.customer.booked(page["slug"], starts[0])
    manage = f"/manage/{token_of(booking)}"

    async def move() -> Reply:
        return await servers.customer.post(f"{manage}/reschedule", {"start": random.choice(starts[1:])})

    statuses = await at_once(move) + await at_once(move)
    assert statuses.keys() <= {200, 409, 429, 503}
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["reschedules"] == 3


async def test_bookings_for_one_recipient(servers: Servers) -> None:
    admin, page, starts = await a_page(servers)
    spellings = ["v.v@gmail.com", "vv+1@gmail.com", "VV@googlemail.com"]

    async def book() -> Reply:
        return await servers.customer.book(
            page["slug"], random.choice(starts), email=random.choice(spellings)
        )

    statuses = await at_once(book)
    assert statuses.keys() <= {201, 409, 429}
    assert statuses[201] == len((await admin.get("/bookings")).items) == 5


async def test_bookings_by_one_link(servers: Servers) -> None:
    admin, page, starts = await a_page(servers)
    link = await admin.new_link(page, on_cancel="reactivate")

    async def book_and_cancel() -> Reply:
        reply = await servers.customer.book(link["code"], random.choice(starts))
        if reply.status == 201:
            answered(await servers.customer.post(f"/manage/{token_of(reply.body)}/cancel", {}))
        return reply

    statuses = Counter[int]()
    while not statuses[429]:
        statuses += await at_once(book_and_cancel)
    assert statuses.keys() <= {201, 409, 410, 429, 503}
    assert statuses[201] == len(answered(await admin.get(f"/links/{link['id']}"))["bookings"]) == 5


async def test_invitations_to_one_address(servers: Servers) -> None:
    admin = await servers.user()
    spellings = ["v.v@gmail.com", "vv+1@gmail.com", "VV@googlemail.com"]

    async def invite() -> Reply:
        return await admin.post("/invitations", {"email": random.choice(spellings)})

    statuses = Counter[int]()
    while not statuses[429]:
        statuses += await at_once(invite)
    assert statuses.keys() <= {201, 429, 503}
    assert statuses[201] == 5
    created(await admin.post("/invitations", {"email": "vera.victim@example.test"}))
