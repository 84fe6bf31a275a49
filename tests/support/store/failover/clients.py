"""Hosts and customers who use two servers during a failover, and repeat each call until it is answered."""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp

from tests.support.api.calling import ROUND_THE_CLOCK, Api, Reply, booking_body, event_type_body, token_of
from tests.support.customer.host import booking_id
from tests.support.customer.visitor import Answer, Visitor
from tests.support.patience import PATIENCE
from tests.support.store.failover.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from tests.support.api.servers import Servers

CLIENTS = 16
ANSWER_WITHIN = 15
"""Seconds after which a client gives up and repeats its call."""
REPEATED = 0.25
"""The share of calls that are repeated although they were acknowledged."""
PAUSE = 0.05
"""Seconds before a client goes on to the next link."""
AGAIN_AFTER = 0.2
"""Seconds before a client repeats a call."""
Told = TypeVar("Told", Reply, Answer)
FIVE_MINUTES = 300
DAY = 86_400


class Clients:
    """All clients, and what they were told."""

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self.ledger = Ledger()
        self.is_over = False
        self._told = asyncio.Condition()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Clients]:
        """Let them work; at the end each gets its last answer."""
        hosts = [_Client(self, await self.servers.user()) for _ in range(CLIENTS)]
        await asyncio.gather(*(host.prepare() for host in hosts))
        async with asyncio.TaskGroup() as tasks:
            for host in hosts:
                tasks.create_task(host.work())
            try:
                yield self
            finally:
                self.is_over = True

    async def replied(self, count: int) -> None:
        """Return once they have got so many answers of any kind, since the beginning."""
        await self._until(lambda: self.ledger.replies >= count)

    async def served(self, count: int) -> None:
        """Return once every server has acknowledged so many more writes."""
        seen = len(self.ledger.acknowledged)

        def all_served() -> bool:
            by = [one.server for one in self.ledger.acknowledged[seen:]]
            return all(by.count(process.url) >= count for process in self.servers.processes)

        await self._until(all_served)

    async def tell(self) -> None:
        """Wake who waits for answers."""
        async with self._told:
            self._told.notify_all()

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with self._told, asyncio.timeout(PATIENCE):
            await self._told.wait_for(condition)


class _OverError(Exception):
    """The test has ended while a call was not answered yet."""


class _Client:
    """A host with a page of their own, and the customers of the host."""

    def __init__(self, clients: Clients, host: Api) -> None:
        self._clients = clients
        self._host = host
        self._ledger = clients.ledger
        self._servers = clients.servers
        self._starts = _starts()

    async def prepare(self) -> None:
        """Make the page."""
        event_type = await self._host.new_event_type(name=secrets.token_hex(8), duration_minutes=5)
        schedule = {"timezone": "UTC", "weekly": ROUND_THE_CLOCK}
        self._page = await self._host.new_page(event_type, schedule=schedule)

    async def work(self) -> None:
        """Make one link after the other, book each, and change some bookings."""
        changes = itertools.cycle([self._move, self._make_event_type, self._cancel, self._book_by_form])
        for _ in range(random.randrange(4)):
            next(changes)
        try:
            for change in changes:
                await self._one_link(change)
                await asyncio.sleep(PAUSE)
        except _OverError:
            return

    async def _one_link(self, change: Callable[[Any], Awaitable[object]]) -> None:
        body = {"page": self._page["id"], "note": secrets.token_hex(8)}
        link = await self._create("link", "/links", body, as_host=True)
        booking = link and await self._create("booking", f"/book/{link['code']}", self._customer())
        if booking:
            await change(booking)

    async def _make_event_type(self, _: Any) -> None:
        body = event_type_body(name=secrets.token_hex(8))
        await self._create("event_type", "/event-types", body, as_host=True)

    async def _book_by_form(self, _: Any) -> None:
        """Book by the page of the general link; the nonce in its form names the operation."""
        path = f"/{self._page['slug']}"
        _, answer = await self._insist(lambda server: Visitor(self._servers.http, server).get(path))
        form, fields = answer.page.form(), self._customer()
        server, answer = await self._insist(
            lambda server: Visitor(self._servers.http, server).send(form, path, **fields)
        )
        if self._is_good(answer, 303, path):
            self._ledger.add("booking", booking_id(answer.location), server)

    async def _move(self, booking: Any) -> None:
        start = next(self._starts)
        path = f"/manage/{token_of(booking)}/reschedule"
        server, reply = await self._insist(lambda server: self._api(server).post(path, {"start": start}))
        if self._is_good(reply, 200, path):
            seconds = datetime.fromisoformat(start).timestamp()
            self._ledger.add("moved", booking["id"], server, str(int(seconds)))

    async def _cancel(self, booking: Any) -> None:
        path = f"/manage/{token_of(booking)}/cancel"
        server, reply = await self._insist(lambda server: self._api(server).post(path, {}))
        is_done = reply.status == 409 and reply.body["type"] == "/problems/booking-not-active"
        if is_done or self._is_good(reply, 200, path):  # an attempt whose answer was lost may have done it
            self._ledger.add("cancelled", booking["id"], server)

    async def _create(self, kind: str, path: str, body: object, *, as_host: bool = False) -> Any:
        """Make a record, or None if this was refused; ask for the same once more, as a double click does."""
        key = secrets.token_hex(8)

        async def call(server: str) -> Reply:
            return await self._api(server, as_host=as_host).post(path, body, idempotency_key=key)

        server, reply = await self._insist(call)
        if not self._is_good(reply, 201, path):
            return None
        self._ledger.add(kind, reply.body["id"], server)
        if random.random() < REPEATED:
            _, again = await self._insist(call)
            self._is_good(again, 201, path)
        return reply.body

    def _api(self, server: str, *, as_host: bool = False) -> Api:
        return Api(self._servers.http, server, self._host.key if as_host else None)

    def _is_good(self, told: Reply | Answer, status: int, path: str) -> bool:
        if told.status != status:
            self._ledger.refused.append(f"{path}: {told.status} {told.text}")
        return told.status == status

    async def _insist(self, call: Callable[[str], Awaitable[Told]]) -> tuple[str, Told]:
        """The first final answer and the server that gave it; each attempt asks any of the servers."""
        while not self._clients.is_over:
            server = self._servers.any_url()
            try:
                async with asyncio.timeout(ANSWER_WITHIN):
                    told = await call(server)
            except (aiohttp.ClientError, TimeoutError, OSError):
                await asyncio.sleep(AGAIN_AFTER)
                continue
            self._ledger.replies += 1
            await self._clients.tell()
            if told.status != 503:
                return server, told
            await asyncio.sleep(AGAIN_AFTER)
        raise _OverError

    def _customer(self) -> dict[str, Any]:
        return booking_body(next(self._starts), email=f"{secrets.token_hex(8)}@customer.test")


def _starts() -> Iterator[str]:
    """Every five minutes from the day after tomorrow on, as the API writes times."""
    first = (int(time.time()) // DAY + 2) * DAY
    for start in itertools.count(first, FIVE_MINUTES):
        yield datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
