"""API clients that survive crashes: they repeat a call until it is answered, and remember the answer."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.support.api.calling import ROUND_THE_CLOCK, Reply, answered, created, refused, token_of
from tests.support.api.servers import coming_days
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tests.support.api.calling import Api
    from tests.support.api.servers import Servers

HOSTS = 6
"""How many clients work at the same time, each for a host of its own."""


class Work:
    """What several programs do at the same time: make links, book each with two rivals, move, cancel.

    `bookings` are those that were acknowledged: for each id what its booking must be, status and start.
    """

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self.bookings: dict[str, tuple[str, str]] = {}
        self.links: dict[str, str] = {}
        """For each link the booking that it was acknowledged to have."""
        self._stopped = False
        self._more = asyncio.Condition()

    async def run(self, trouble: Callable[[Work], Awaitable[None]]) -> None:
        """Work until `trouble` returns; calls that have begun are finished."""
        hosts = [await self._new_host() for _ in range(HOSTS)]
        async with asyncio.TaskGroup() as tasks:
            for admin, page, starts in hosts:
                tasks.create_task(self._work(admin, page, starts))
            try:
                await trouble(self)
            finally:
                self._stopped = True

    async def more(self, count: int = 10) -> None:
        """Return after so many more bookings."""
        wanted = len(self.links) + count
        async with self._more, asyncio.timeout(PATIENCE):
            await self._more.wait_for(lambda: len(self.links) >= wanted)

    async def check(self) -> None:
        """Check that everything that was acknowledged is stored, and nothing else."""
        [admin] = [await self.servers.user()]
        links = {link["id"]: link for link in await everything(admin, "/links")}
        assert {link_id: link["bookings"] for link_id, link in links.items()} == {
            link: [booking] for link, booking in self.links.items()
        }
        assert {link["status"] for link in links.values()} == {"booked"}
        found = {
            booking["id"]: (booking["status"], booking["start"])
            for booking in await everything(admin, "/bookings")
        }
        assert found == self.bookings

    async def _new_host(self) -> tuple[Api, Any, Iterator[str]]:
        admin = await self.servers.user()
        event_type = await admin.new_event_type(duration_minutes=5)
        page = await admin.new_page(event_type, schedule={"timezone": "UTC", "weekly": ROUND_THE_CLOCK})
        starts = await self.servers.customer.starts(page["slug"], *coming_days(20))
        random.shuffle(starts)
        return admin, page, iter(starts)

    async def _work(self, admin: Api, page: Any, starts: Iterator[str]) -> None:
        while not self._stopped:
            link = await self._new_link(admin, page)
            rivals = [self._book(link["code"], next(starts)) for _ in range(2)]
            replies = sorted(await asyncio.gather(*rivals), key=lambda reply: reply.status)
            booking = created(replies[0])
            refused(replies[1], 410, "link-booked")
            self.links[link["id"]] = booking["id"]
            self.bookings[booking["id"]] = ("scheduled", booking["start"])
            await random.choice([self._cancel, self._move, self._leave])(booking, starts)
            async with self._more:
                self._more.notify_all()

    async def _new_link(self, admin: Api, page: Any) -> Any:
        key, body = secrets.token_hex(8), {"page": page["id"]}
        return created(await insist(lambda: admin.post("/links", body, idempotency_key=key)))

    async def _book(self, code: str, start: str) -> Reply:
        key = secrets.token_hex(8)
        return await insist(lambda: self.servers.customer.book(code, start, idempotency_key=key))

    async def _cancel(self, booking: Any, _: Iterator[str]) -> None:
        manage = f"/manage/{token_of(booking)}"
        reply = await insist(lambda: self.servers.customer.post(f"{manage}/cancel", {}))
        if reply.status != 200:  # an attempt whose answer was lost has done it
            refused(reply, 409, "booking-not-active")
        self.bookings[booking["id"]] = ("cancelled", booking["start"])

    async def _move(self, booking: Any, starts: Iterator[str]) -> None:
        manage, start = f"/manage/{token_of(booking)}", next(starts)
        move = {"start": start}
        reply = await insist(lambda: self.servers.customer.post(f"{manage}/reschedule", move))
        assert answered(reply)["start"] == start
        self.bookings[booking["id"]] = ("rescheduled", start)

    async def _leave(self, booking: Any, _: Iterator[str]) -> None:
        reply = await insist(lambda: self.servers.customer.get(f"/manage/{token_of(booking)}"))
        assert answered(reply)["id"] == booking["id"]


async def insist(call: Callable[[], Awaitable[Reply]]) -> Reply:
    """The first final answer; the call is repeated if its connection breaks or the problem says `retry`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            reply = await call()
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass
        else:
            if reply.status != 503:
                return reply
            assert reply.body["retry"] is True
            assert reply.body["type"] in {"/problems/outcome-unknown", "/problems/busy"}
            assert reply.headers["Retry-After"] == "1"
        await asyncio.sleep(0.02)
    raise AssertionError("There was no final answer.")


async def everything(api: Api, path: str) -> list[Any]:
    """All items of a list."""
    found: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        reply = await api.get(path, limit=200, **cursor)
        found += reply.items
        if reply.body["next_cursor"] is None:
            return found
        cursor = {"cursor": reply.body["next_cursor"]}
