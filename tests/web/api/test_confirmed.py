"""Where replicas are asked for, no answer acknowledges what they lack: not even that of a repeated call."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import aiohttp
import pytest

from admitone.store import readiness
from admitone.store.redis import coalescer
from tests.support.api.calling import event_type_body, refused
from tests.support.api.deployment import Clock, deployed
from tests.support.customer.host import Host, a_host
from tests.support.customer.visitor import CARLA, Visitor
from tests.support.ports import free_port
from tests.support.redis_server import running_redis

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from tests.support.api.calling import Reply
    from tests.support.redis_server import RedisServer

    Call = Callable[[], Awaitable[Reply]]

TEN = "2026-11-19T09:00:00Z"
ELEVEN = "2026-11-19T10:00:00Z"


class Replicated(NamedTuple):
    """A host on a server that asks for one replica, and that replica."""

    host: Host
    replica: RedisServer

    @contextmanager
    def behind(self) -> Iterator[None]:
        """Stop the replica, so that it gets nothing."""
        assert self.replica.process
        self.replica.process.send_signal(signal.SIGSTOP)
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(coalescer, "REPLICATED_WITHIN", 20)
                yield
        finally:
            self.replica.process.send_signal(signal.SIGCONT)


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[RedisServer, RedisServer]]:
    """A primary and its replica."""
    port = str(free_port())
    with (
        running_redis("redis", port=port, bind="127.0.0.1", repl_diskless_sync_delay="0") as primary,
        running_redis("redis") as replica,
    ):
        with replica.client() as client, primary.client() as known:
            client.replicaof("127.0.0.1", port)
            while not known.wait(1, 1000):
                assert replica.process
                assert replica.process.poll() is None
        yield primary, replica


@pytest.fixture
async def replicated(servers: tuple[RedisServer, RedisServer]) -> AsyncIterator[Replicated]:
    primary, replica = servers
    with primary.client() as client:
        client.flushall()
    async with deployed(primary.url, Clock(), REDIS_REPLICAS="1") as deployment:
        yield Replicated(await a_host(deployment), replica)


async def make_an_event_type(host: Host) -> Call:
    return lambda: host.api.post("/event-types", event_type_body(), idempotency_key="once")


async def make_a_link(host: Host) -> Call:
    return lambda: host.api.post("/links", {"page": host.page["id"]}, idempotency_key="once")


async def book(host: Host) -> Call:
    link, customer = await host.link(), host.deployment.customer
    return lambda: customer.book(link["code"], TEN, idempotency_key="once")


async def book_without_a_key(host: Host) -> Call:
    link, customer = await host.link(), host.deployment.customer
    return lambda: customer.book(link["code"], TEN)


async def move_as_customer(host: Host) -> Call:
    manage, customer = await host.booked(TEN), host.deployment.customer
    return lambda: customer.post(f"{manage}/reschedule", {"start": ELEVEN})


async def move_as_host(host: Host) -> Call:
    path = await _booking(host)
    return lambda: host.api.post(f"{path}/reschedule", {"start": ELEVEN})


async def cancel_as_customer(host: Host) -> Call:
    manage, customer = await host.booked(TEN), host.deployment.customer
    return lambda: customer.post(f"{manage}/cancel", {})


async def cancel_as_host(host: Host) -> Call:
    path = await _booking(host)
    return lambda: host.api.post(f"{path}/cancel", {})


async def revoke_a_link(host: Host) -> Call:
    link = await host.link()
    return lambda: host.api.post(f"/links/{link['id']}/revoke")


async def delete_an_event_type(host: Host) -> Call:
    made = await host.api.new_event_type()
    return lambda: host.api.delete(f"/event-types/{made['id']}")


async def _booking(host: Host) -> str:
    await host.booked(TEN)
    [booking] = await host.bookings()
    return f"/bookings/{booking['id']}"


@pytest.mark.parametrize(
    ("prepare", "status"),
    [
        (make_an_event_type, 201),
        (make_a_link, 201),
        (book, 201),
        (book_without_a_key, 410),
        (move_as_customer, 200),
        (move_as_host, 200),
        (cancel_as_customer, 409),
        (cancel_as_host, 409),
        (revoke_a_link, 200),
        (delete_an_event_type, 404),
    ],
)
async def test_a_call_is_answered_once_a_replica_has_what_it_did(
    replicated: Replicated, prepare: Callable[[Host], Awaitable[Call]], status: int
) -> None:
    call = await prepare(replicated.host)
    with replicated.behind():
        for _ in range(3):
            refused(await call(), 503, "outcome-unknown", retry=True)
    assert (await call()).status == status


async def test_a_form_is_answered_once_a_replica_has_what_it_did(replicated: Replicated) -> None:
    host = replicated.host
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor, path = Visitor(http, host.deployment.url), await host.path()
        form = (await visitor.page(path)).form()
        with replicated.behind():
            for _ in range(2):
                assert (await visitor.send(form, path, start=TEN, **CARLA)).status == 503
        answer = await visitor.send(form, path, start=TEN, **CARLA)
        manage = answer.location.partition("?")[0]

        move = (await visitor.page(f"{manage}/reschedule")).form()
        cancel = (await visitor.page(f"{manage}/cancel")).form()
        with replicated.behind():
            for _ in range(2):
                assert (await visitor.send(move, manage, start=ELEVEN)).status == 503
        assert (await visitor.send(move, manage, start=ELEVEN)).status == 303
        with replicated.behind():
            for _ in range(2):
                assert (await visitor.send(cancel, manage, sure="1")).status == 503
        assert (await visitor.send(cancel, manage, sure="1")).status == 303


async def test_what_was_refused_for_its_form_needs_no_replica(replicated: Replicated) -> None:
    with replicated.behind():
        refused(await replicated.host.api.post("/event-types", {}), 422, "invalid", "name")


async def test_reads_go_on_and_the_server_says_that_writes_do_not(
    replicated: Replicated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "EVERY", 0)  # else the outcome of the last write counts for a second
    deployment = replicated.host.deployment
    with replicated.behind():
        assert len((await replicated.host.api.get("/event-types")).items) == 1
        async with deployment.http.get(f"{deployment.url}/readyz") as answer:
            assert answer.status == 503
            assert await answer.json() == {"status": "not-ready", "reason": "replicas-behind"}
    async with deployment.http.get(f"{deployment.url}/readyz") as answer:
        assert answer.status == 200
