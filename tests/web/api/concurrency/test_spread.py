"""Twenty clients at once, through three servers: bookings are spread as each distribution promises."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.codes import Code
from admitone.store.records.bookings import record_no_show
from admitone.store.records.readers import read_bookings
from tests.support.api.calling import ROUND_THE_CLOCK, a_rule, answered, created, somebody, token_of
from tests.support.api.servers import coming_days
from tests.support.api.spread import judge
from tests.support.factories import TODAY, an_event
from tests.support.sizes import size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.availability.distribution import Method
    from tests.support.api.calling import Api
    from tests.support.api.servers import Servers

CLIENTS = 20
PRIORITIES = [1, 5, 0, 5, 1, 5, 1]
CANCELLED, MISSED = 0.1, 0.2
"""Of ten bookings one is cancelled and one missed."""
FRESH = 96
"""Starts of the last days, at which everybody is free still."""
BATCH = 1000


class PoolOfSeven:
    """A pool of seven, and a master page over it."""

    def __init__(self, servers: Servers, admin: Api, pages: list[Any], master: Any) -> None:
        self.servers = servers
        self.admin = admin
        self.pool: list[str] = [page["owner"] for page in pages]
        self.master = master

    async def codes(self, count: int) -> list[str]:
        """Where to book: one-time links, and the general link once for each of them."""
        found = []
        for first in range(0, count, BATCH):
            people = [
                {"name": f"No. {n}", "email": f"{n}@example.test"} for n in range(min(BATCH, count - first))
            ]
            body = {"page": self.master["id"], "people": people, "skip_form": False}
            found += [link["code"] for link in created(await self.admin.post("/links/batch", body))["items"]]
        return [code for link in found for code in (link, self.master["slug"])]

    async def client(self, work: Iterator[tuple[str, str]]) -> None:
        """Book, and cancel or miss some of it, until there is no work left."""
        for code, start in work:
            booking = await self.servers.customer.booked(code, start, email=somebody())
            drawn = random.random()
            if drawn < CANCELLED:
                answered(await self.servers.customer.post(f"/manage/{token_of(booking)}/cancel", {}))
            elif drawn < MISSED:
                await self.miss(booking["id"])

    async def miss(self, booking_id: str) -> None:
        """Record that the customer did not come, which nobody may say over HTTP before the booking began."""
        store, workspace = self.servers.store, self.servers.workspace
        [booking] = await read_bookings(store, workspace, [booking_id])
        event = an_event("booking.no_show", booking=booking_id, start=booking.start)
        assert (await record_no_show(store, workspace, booking, event, TODAY)).code is Code.OK

    async def hosts(self, starts: list[str]) -> list[str]:
        """Who gets bookings of the general link, one after the other."""
        bookings = [
            await self.servers.customer.booked(self.master["slug"], start, email=somebody())
            for start in starts
        ]
        return [answered(await self.admin.get(f"/bookings/{one['id']}"))["host"] for one in bookings]


async def new_pool_of_seven(servers: Servers, method: Method) -> PoolOfSeven:
    """Seven hosts who can always be booked."""
    users = [await servers.user() for _ in PRIORITIES]
    admin = users[0]
    event_type = await admin.new_event_type()
    schedule = {"timezone": "UTC", "weekly": ROUND_THE_CLOCK}
    pages = [await user.new_page(event_type, schedule=schedule) for user in users]
    members = [
        {"page": page["id"], "priority": priority} for page, priority in zip(pages, PRIORITIES, strict=True)
    ]
    pool = await admin.new_pool(method=method, members=members)
    return PoolOfSeven(servers, admin, pages, await admin.new_master_page(a_rule(event_type, pool)))


@pytest.mark.soak
@pytest.mark.parametrize("method", ["round_robin", "pooled", "pooled_priority"])
async def test_random_bookings_are_spread_as_promised(servers: Servers, method: Method) -> None:
    """More than half of all places are taken, so that whoever's turn it is often is not free."""
    total = size(10_000, 300)
    seven = await new_pool_of_seven(servers, method)
    starts = await servers.customer.starts(seven.master["slug"], *coming_days())
    starts, fresh = starts[:-FRESH], starts[-FRESH:]
    places = random.sample(starts, total // 4) * len(PRIORITIES)
    work = iter([*zip(await seven.codes(total // 2), random.sample(places, total), strict=True)])
    await asyncio.gather(*(seven.client(work) for _ in range(CLIENTS)))
    problems, had = await judge(servers, seven.pool, method, PRIORITIES)
    assert problems == []
    assert sum(each.given for each in had.values()) == total
    turns = [each.turn for each in had.values()]
    if method == "round_robin":  # What cancellations and full days left uneven is made good for
        behind = sum(max(turns) - turn for turn in turns)
        expected = [max(turns) - each.turn for each in had.values()]
        hosts = await seven.hosts(fresh[:behind])
        assert [hosts.count(user) for user in seven.pool] == expected
    else:
        rivals = [
            user
            for user, priority in zip(seven.pool, PRIORITIES, strict=True)
            if priority == 5 or method == "pooled"
        ]
        hosts = await seven.hosts(fresh[: 2 * len(rivals)])
        assert set(hosts[: len(rivals)]) == set(rivals)
        assert hosts[: len(rivals)] == hosts[len(rivals) :]
