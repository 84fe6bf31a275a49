"""When Redis is full, what ends something is done; other writes say so, change nothing and lose nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from admitone.web.http.session_cookie import csrf_token
from tests.support.api.calling import answered, created, event_type_body, refused
from tests.support.api.deployment import Clock, deployed
from tests.support.customer.host import Host, a_host, booking_id, path_of
from tests.support.customer.visitor import CARLA, Visitor
from tests.support.invariants import check_invariants
from tests.support.redis_server import LINES
from tests.support.store.dumps import changed_keys, dump

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    import redis as blocking

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment
    from tests.support.redis_server import RedisServer

ELEVEN = "2026-11-19T10:00:00Z"


@pytest.fixture
async def host(own_redis: RedisServer) -> AsyncIterator[Host]:
    """A host on a server with a Redis of its own."""
    async with deployed(own_redis.url, Clock()) as deployment:
        yield await a_host(deployment)


@contextmanager
def full(client: blocking.Redis) -> Iterator[None]:
    """Leave Redis no memory during the block."""
    client.config_set("maxmemory", 1)
    try:
        yield
    finally:
        client.config_set("maxmemory", 0)


@contextmanager
def unchanged(client: blocking.Redis) -> Iterator[None]:
    """At the end of the block, Redis must hold what it held before."""
    before = dump(client)
    yield
    assert not changed_keys(before, dump(client))


async def test_writes_are_refused_and_reads_are_answered(host: Host, own_redis: RedisServer) -> None:
    customer, api = host.deployment.customer, host.api
    link, path = await host.link(), await host.booked()
    page = f"/booking-pages/{host.page['id']}"
    visitor = Visitor(host.deployment.http, host.deployment.url)
    form = (await visitor.page(path_of(link))).form()
    with own_redis.client() as client, unchanged(client), full(client):
        for refusal in (
            await customer.book(link["code"], ELEVEN, idempotency_key="once"),
            await api.post("/links", {"page": host.page["id"]}),
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


@pytest.mark.parametrize("redis_line", LINES, scope="session")
async def test_what_ends_something_is_done(host: Host, own_redis: RedisServer) -> None:
    api, own, customer = host.api, host.api.in_session(), host.deployment.customer
    colleague, key = await host.deployment.user(), created(await api.new_key("spare"))
    revoked, cancelled = await host.link(), await host.booked()
    missed = booking_id(await host.booked("2026-11-18T13:00:00Z"))
    event_type = await api.new_event_type()
    host.deployment.clock.forward(hours=6)
    with own_redis.client() as client, full(client):
        answered(await customer.post(f"{cancelled}/cancel", {}))
        answered(await api.post(f"/bookings/{missed}/no-show"))
        answered(await api.post(f"/links/{revoked['id']}/revoke"))
        answered(await api.patch(f"/users/{colleague.user}", {"active": False}))
        for path in (f"/event-types/{event_type['id']}", f"/api-keys/{key['id']}"):
            assert (await own.delete(path)).status == 204
        assert await _posted(host.deployment, own.session, "/auth/sign-out") == 303
        refused(await own.get("/me"), 401, "unauthenticated")
        refused(await colleague.get("/me"), 401, "unauthenticated")
    assert {one["status"] for one in await host.bookings()} == {"cancelled", "no_show"}
    assert await check_invariants(host.deployment.store.client) == []


async def test_a_workflow_is_paused_stopped_and_deleted(host: Host, own_redis: RedisServer) -> None:
    api, draft = host.api, {"name": "New lead", "steps": [{"id": "stop", "kind": "stop"}]}
    path = f"/workflows/{created(await api.post('/workflows', draft))['id']}"
    answered(await api.post(f"{path}/publish"))
    answered(await api.patch(path, {"name": "Leads"}))
    with own_redis.client() as client, full(client):
        refused(await api.post(f"{path}/publish"), 503, "storage-full", retry=True)
        assert answered(await api.post(f"{path}/pause"))["is_paused"] is True
        refused(await api.post(f"{path}/resume"), 503, "storage-full", retry=True)
        assert answered(await api.post(f"{path}/unpublish", {"running": "stop"}))["status"] == "unpublished"
        assert (await api.delete(path)).status == 204


async def test_a_server_starts_on_what_is_stored(host: Host, own_redis: RedisServer) -> None:
    path = await host.booked()
    with own_redis.client() as client, full(client):
        async with deployed(own_redis.url, Clock()) as another:
            answered(await another.customer.get(path))


async def test_who_signs_out_everywhere_is_signed_out(host: Host, own_redis: RedisServer) -> None:
    own = host.api.in_session()
    with own_redis.client() as client, full(client):
        assert await _posted(host.deployment, own.session, "/auth/sign-out-everywhere") == 303
        refused(await own.get("/me"), 401, "unauthenticated")
        refused(await host.api.get("/me"), 401, "unauthenticated")


async def test_metrics_and_administrators_are_warned_before_it_is_full(
    host: Host, own_redis: RedisServer
) -> None:
    member = await host.deployment.user()
    with own_redis.client() as client:
        assert "nearly full" not in await _page(host.api, "/dashboard")
        limit = int(client.info("memory")["used_memory"] * 1.1)
        client.config_set("maxmemory", limit)
        assert "nearly full" in await _page(host.api, "/dashboard")
        assert "nearly full" not in await _page(member, "/dashboard")
    figures = dict(line.rsplit(" ", 1) for line in (await _page(host.api, "/metrics")).splitlines())
    assert float(figures["admitone_redis_memory_max_bytes"]) == limit
    assert limit * 0.8 < float(figures["admitone_redis_memory_used_bytes"])


async def _page(user: Api, path: str) -> str:
    """A page in the user's browser."""
    headers = {"Cookie": f"admitone={user.session}"}
    async with user.http.get(f"{user.server}{path}", headers=headers) as answer:
        assert answer.status == 200
        return await answer.text()


async def _posted(deployment: Deployment, session: str, path: str) -> int:
    """The status that a form of the dashboard is answered with."""
    async with deployment.http.post(
        f"{deployment.url}{path}",
        data={"csrf": csrf_token(session)},
        headers={"Cookie": f"admitone={session}"},
        allow_redirects=False,
    ) as answer:
        return answer.status
