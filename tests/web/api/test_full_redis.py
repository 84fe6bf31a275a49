"""When Redis is full, writes say so and change nothing, reads go on, and nothing is lost."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support.api.calling import event_type_body, refused
from tests.support.api.deployment import Clock, deployed
from tests.support.customer.host import Host, a_host, path_of
from tests.support.customer.visitor import CARLA, Visitor
from tests.support.store.dumps import changed_keys, dump

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    import redis as blocking

    from tests.support.redis_server import RedisServer

ELEVEN = "2026-11-19T10:00:00Z"


@pytest.fixture
async def host(own_redis: RedisServer) -> AsyncIterator[Host]:
    """A host on a server with a Redis of its own."""
    async with deployed(own_redis.url, Clock()) as deployment:
        yield await a_host(deployment)


@contextmanager
def full(client: blocking.Redis) -> Iterator[None]:
    """Leave Redis no memory during the block, at the end of which it must hold what it held before."""
    before = dump(client)
    client.config_set("maxmemory", 1)
    try:
        yield
    finally:
        client.config_set("maxmemory", 0)
    assert not changed_keys(before, dump(client))


async def test_writes_are_refused_and_reads_are_answered(host: Host, own_redis: RedisServer) -> None:
    customer, api = host.deployment.customer, host.api
    link, path = await host.link(), await host.booked()
    booking = (await host.bookings())[0]["id"]
    page = f"/booking-pages/{host.page['id']}"
    visitor = Visitor(host.deployment.http, host.deployment.url)
    form = (await visitor.page(path_of(link))).form()
    with own_redis.client() as client, full(client):
        for refusal in (
            await customer.book(link["code"], ELEVEN, idempotency_key="once"),
            await api.post("/links", {"page": host.page["id"]}),
            await api.post(f"/bookings/{booking}/cancel", {}),
            await api.patch(page, {"title": "Other"}, confirm=1),
            await api.post("/event-types", event_type_body()),
        ):
            refused(refusal, 503, "storage-full", retry=True)
        assert {one["id"] for one in await host.links()} >= {link["id"]}
        assert (await api.get(page)).body["title"] == host.page["title"]
        sent = await visitor.send(form, path_of(link), start=ELEVEN, **CARLA)
        assert (sent.status, "its storage is full" in sent.text) == (503, True)
        for seen in (path, path_of(link)):
            assert (await visitor.get(seen)).status == 200
        assert '"reason":"storage-full"' in (await visitor.get("/readyz")).text
    assert (await customer.book(link["code"], ELEVEN, idempotency_key="once")).status == 201
