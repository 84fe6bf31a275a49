"""Strangers attack with 32 clients: memory stays bounded, and an honest customer is still served.

`make soak` attacks each row that is open for a minute, `make check` all of them together for a moment.
docs/security.md has the figures.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from admitone.fakegoogle.demo import CLIENT
from admitone.fakegoogle.state import State
from admitone.web.http.route import Access
from admitone.web.routes import ROUTES
from tests.support.api.calling import created, token_of
from tests.support.api.servers import Servers, always_open, coming_days, servers_on
from tests.support.fakegoogle.running import running, signing_key
from tests.support.hostile.attack import Attack, Honest, Memory
from tests.support.hostile.targets import Known, strangers_target, tokens_of
from tests.support.redis_server import running_redis
from tests.support.server_process import ServerProcess, running_servers
from tests.support.sizes import FULL, size

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from admitone.web.http.route import Route
    from tests.support.hostile.requests import Target
    from tests.support.redis_server import RedisServer

OPEN = [route for route in ROUTES if route.access in {Access.OPEN, Access.CUSTOMER}]
GROUPS = [[route] for route in OPEN] if FULL else [OPEN]
SECONDS = size(60, 2)
MB = 1_000_000
SERVER_MAY_GROW = 32 * MB
"""32 bodies and answers on their way have a few MB; the rest is what the allocator keeps."""
REDIS_MAY_GROW = 32 * MB
"""For a minute: 100,000 networks that guess, 150 bytes each, and 3,000 bookings, one for each time."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


class Attacked(NamedTuple):
    """A server with one host whom strangers know, and another one with an honest customer."""

    servers: Servers
    process: ServerProcess
    redis: RedisServer
    targets: dict[Route, Target]
    words: list[str]
    honest_slug: str


@pytest.fixture(scope="module")
async def attacked(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Attacked]:
    """A server as in production, but for https."""
    folder = tmp_path_factory.mktemp("attacked")
    async with running(State(key=signing_key(), clients=[CLIENT])) as google:
        with running_redis("valkey") as redis:
            settings = {
                "REDIS_URL": redis.url,
                "RATE_LIMITS": "on",
                "METRICS_NETWORKS": "192.0.2.0/24",  # strangers are not in it
                "GOOGLE_ENDPOINT": google.url,
                "GOOGLE_CLIENT_ID": CLIENT.client_id,
                "GOOGLE_CLIENT_SECRET": CLIENT.client_secret,
            }
            with running_servers(1, folder, **settings) as [process]:
                async with servers_on(redis.url, [process]) as servers:
                    yield await attack_prepared(servers, process, redis)


async def attack_prepared(servers: Servers, process: ServerProcess, redis: RedisServer) -> Attacked:
    """The targets of the attack; caches and pools are filled, as they are after a while."""
    admin, other = await servers.user(), await servers.user()
    page, honest = await always_open(admin), await always_open(other)
    booked, link = await admin.new_link(page), await admin.new_link(page)
    [start, *_] = await admin.starts(booked["code"], *coming_days(7))
    booking = await admin.booked(booked["code"], start)
    invitation = created(await admin.post("/invitations", {"email": "ida@example.com"}))
    trigger = {"kind": "hook", "map": {"email": "email"}}
    workflow = created(await admin.post("/workflows", {"name": "New lead", "trigger": trigger}))
    tokens = await tokens_of(admin, servers.store, invitation["accept_url"], workflow["id"])
    known = Known(servers.http, process.url, page["slug"], link["code"], token_of(booking), tokens, start)
    targets = {route: await strangers_target(route, known) for route in OPEN}
    words = [known.slug, known.code, known.token, *tokens.values()]
    await Attack(process.url, targets, words, seed=0).run(2)
    return Attacked(servers, process, redis, targets, words, honest["slug"])


@pytest.mark.soak
@pytest.mark.parametrize("routes", GROUPS, ids=lambda routes: f"{routes[0].method} {routes[0].path}")
async def test_an_attack_is_endured(
    attacked: Attacked, routes: list[Route], record_property: Callable[[str, object], None]
) -> None:
    process = attacked.process.process
    assert process
    honest = Honest(attacked.servers.customer, attacked.honest_slug)
    targets = {route: attacked.targets[route] for route in routes}
    attack = Attack(attacked.process.url, targets, attacked.words, seed=1)
    with attacked.redis.client() as client:
        memory = Memory(process.pid, client)
        async with asyncio.TaskGroup() as tasks:
            watching = [tasks.create_task(memory.watch()), tasks.create_task(honest.look())]
            await attack.run(SECONDS)
            for task in watching:
                task.cancel()
    server, redis = memory.growth
    record_property("requests", attack.statuses.total())
    record_property("statuses", dict(attack.statuses))
    record_property("server-mb", [round(each / MB, 1) for each in (memory.before[0], server)])
    record_property("redis-mb", [round(each / MB, 1) for each in (memory.before[1], redis)])
    record_property("honest-ms", [round(each * 1000) for each in percentiles(honest.seconds)])
    assert honest.seconds
    assert not attack.statuses[500]
    assert server < SERVER_MAY_GROW
    assert redis < REDIS_MAY_GROW


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """The median, and the 99th percentile."""
    return statistics.median(seconds), statistics.quantiles(seconds, n=100, method="inclusive")[98]
