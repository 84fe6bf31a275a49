"""A link is booked exactly once, and a host at most once at a time, through three servers on one Redis."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import (
    ROUND_THE_CLOCK,
    Api,
    Reply,
    answered,
    created,
    refused,
    somebody,
    token_of,
)
from tests.support.api.servers import always_open, coming_days
from tests.support.sizes import size

if TYPE_CHECKING:
    from tests.support.api.servers import Servers

CLIENTS = 50
AT_ONCE = 10
"""Links whose clients come at the same time."""


async def batch(api: Api, page: Any, count: int) -> list[Any]:
    """So many links to a page."""
    people = [{"name": f"No. {number}", "email": f"{number}@example.test"} for number in range(count)]
    links: list[Any] = created(await api.post("/links/batch", {"page": page["id"], "people": people}))[
        "items"
    ]
    return links


async def race(customer: Api, link: Any, starts: list[str]) -> list[Reply]:
    """Simultaneous clients of one link, each at a start of its own choice."""
    return await asyncio.gather(*(customer.book(link["code"], random.choice(starts)) for _ in range(CLIENTS)))


@pytest.mark.soak
async def test_each_link_is_booked_by_one_of_its_clients(servers: Servers) -> None:
    admin, customer = await servers.user(), servers.customer
    page = await always_open(admin)
    links = await batch(admin, page, size(200))
    starts = await customer.starts(links[0]["code"], *coming_days())
    booked: dict[str, str] = {}
    for first in range(0, len(links), AT_ONCE):
        wave = links[first : first + AT_ONCE]
        for link, replies in zip(
            wave, await asyncio.gather(*(race(customer, link, starts) for link in wave)), strict=True
        ):
            winners = [reply.body for reply in replies if reply.status == 201]
            assert len(winners) == 1, Counter(reply.status for reply in replies)
            booked[link["id"]] = winners[0]["id"]
            for reply in replies:
                if reply.status == 410:
                    refused(reply, 410, "link-booked")
                elif reply.status != 201:
                    refused(reply, 409, "slot-taken")
    found = {link["id"]: link["bookings"] for link in await everything(admin, "/links", status="booked")}
    assert found == {link: [booking] for link, booking in booked.items()}
    bookings = await everything(admin, "/bookings")
    assert {booking["link"]: booking["id"] for booking in bookings} == booked
    assert len({booking["start"] for booking in bookings}) == len(bookings) == len(links)


@pytest.mark.soak
async def test_one_free_slot_is_booked_through_one_of_many_links(servers: Servers) -> None:
    for _ in range(size(10)):
        admin, customer = await servers.user(), servers.customer
        [day, _] = coming_days()
        schedule = {"timezone": "UTC", "overrides": {day: [["10:00", "10:30"]]}}
        page = await admin.new_page(await admin.new_event_type(), schedule=schedule)
        links = await batch(admin, page, CLIENTS)
        start = f"{day}T10:00:00Z"
        assert await customer.starts(links[0]["code"], day, day) == [start]
        replies = await asyncio.gather(*(customer.book(link["code"], start) for link in links))
        assert Counter(reply.status for reply in replies) == {201: 1, 409: CLIENTS - 1}
        for reply in replies:
            if reply.status == 409:
                refused(reply, 409, "slot-taken")
        [booked] = (await admin.get("/links", status="booked", page=page["id"])).items
        [winner] = [reply.body for reply in replies if reply.status == 201]
        assert booked["bookings"] == [winner["id"]]
        assert len((await admin.get("/links", status="active", page=page["id"])).items) == CLIENTS - 1
        # Once the slot is free again, another link takes it: the losers have lost nothing
        answered(await customer.post(f"/manage/{token_of(winner)}/cancel", {}))
        loser = next(link for link in links if link["id"] != booked["id"])
        created(await customer.book(loser["code"], start))


@pytest.mark.soak
async def test_hosts_of_overlapping_pages_are_never_booked_twice(servers: Servers) -> None:
    """Event types of different lengths and buffers, on two pages of one host, by links of both kinds."""
    admin, customer = await servers.user(), servers.customer
    kinds = [
        await admin.new_event_type(duration_minutes=20, increment_minutes=5, min_notice_minutes=0),
        await admin.new_event_type(duration_minutes=45, increment_minutes=15, buffer_after_minutes=20),
        await admin.new_event_type(duration_minutes=60, increment_minutes=10, buffer_before_minutes=15),
    ]
    schedule = {"timezone": "Asia/Kathmandu", "weekly": ROUND_THE_CLOCK}
    pages = [await admin.new_page(*kinds, schedule=schedule) for _ in range(2)]
    day, _ = coming_days()
    offered = {
        kind["id"]: await customer.starts(pages[0]["slug"], day, day, event_type=kind["id"]) for kind in kinds
    }
    codes = [link["code"] for page in pages for link in await batch(admin, page, size(500))]
    codes += [page["slug"] for page in pages] * size(250)
    random.shuffle(codes)

    async def book(code: str) -> Reply:
        kind = random.choice(kinds)["id"]
        return await customer.book(code, random.choice(offered[kind]), event_type=kind, email=somebody())

    replies: list[Reply] = []
    for first in range(0, len(codes), 200):
        replies += await asyncio.gather(*(book(code) for code in codes[first : first + 200]))
    statuses = Counter(reply.status for reply in replies)
    assert statuses.keys() == {201, 409}
    assert len(await everything(admin, "/bookings")) == statuses[201]


async def everything(api: Api, path: str, **query: object) -> list[Any]:
    """All items of a list."""
    found: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        reply = await api.get(path, limit=200, **query, **cursor)
        found += reply.items
        if reply.body["next_cursor"] is None:
            return found
        cursor = {"cursor": reply.body["next_cursor"]}
