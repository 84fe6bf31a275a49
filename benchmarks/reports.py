"""Whether lists, reports and pages take longer with 100,000 bookings than with 1,000.

Two servers, each with its own Redis, take turns with one client, as in growth.py. Both workspaces are seeded
as `admitone demo --bookings` seeds them, with the same hosts and pages. A filter without an index examines up
to 1,000 entries a call, so that it costs what it has to pass over: these rows have no aim.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import repeat

import msgspec
import uvloop

from admitone.app import opened_store, services
from admitone.commands.demo_history.seed import seed_history
from admitone.commands.demo_seed import seed_demo
from admitone.config import Config
from admitone.domain import tokens
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.usecases.accounts.api_key_create import create_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody
from admitone.usecases.shared.services import new_token
from benchmarks.client import Connections, request
from benchmarks.processes import Running, environment, running_redis, running_server

FEW, MANY = 1_000, 100_000
TURNS = 10
CALLS = 10
"""In each turn."""
AIM = 1.2
API: Mapping[str, str] = {
    "links": "/links",
    "links, the next part": "/links?cursor={cursor}",
    "links booked": "/links?status=booked",
    "links revoked": "/links?status=revoked",
    "links expired": "/links?status=expired",
    "links active": "/links?status=active",
    "links of a page": "/links?page={page}",
    "links of a user": "/links?created_by={user}",
    "links, search": "/links?q=carla",
    "bookings": "/bookings",
    "bookings to come": "/bookings?from={now}",
    "bookings of a month": "/bookings?from={month_ago}&to={now}",
    "bookings of a page": "/bookings?page={page}&limit=20",
    "activity": "/activity",
    **{
        f"report by {group}": f"/reports/summary?from={{first}}&to={{last}}&group_by={group}"
        for group in ("day", "week", "page", "event_type", "host", "channel", "workflow", "domain")
    },
    "spread of a pool": "/reports/spread?from={first}&to={last}",
}
EXAMINED: Mapping[str, str] = {
    "bookings, search": "/bookings?q=carla%20customer&limit=5",
    "links unavailable": "/links?status=unavailable",
    "bookings cancelled": "/bookings?status=cancelled",
    "bookings of a host": "/bookings?host={user}",
    "activity of a page": "/activity?page={page}",
    "activity of one kind": "/activity?kind=booking.no_show",
}
"""Filters that examine entries one by one."""
ROOMS: Mapping[str, str] = {
    "room of links": "/links",
    "room of revoked links": "/links?status=revoked",
    "room of bookings": "/bookings",
    "home": "",
    "room of activity": "/activity",
    "room of reports": "/reports?range=90",
    "room of reports by host": "/reports?range=90&by=host",
    "room of the spread": "/reports/spread?range=90",
}
"""Pages of the dashboard, by a session."""


class Growth(msgspec.Struct, frozen=True):
    """One figure; the times are medians in milliseconds."""

    call: str
    few: float
    many: float
    growth: float
    aim: float | None


class Seeded(msgspec.Struct, frozen=True):
    """A seeded workspace on a running server; `words` stand in the paths that are called."""

    server: Running
    connections: Connections
    key: str
    session: str
    words: Mapping[str, str]


def measure() -> list[Growth]:
    """The growth of each call."""
    return uvloop.run(_measure())


async def _measure() -> list[Growth]:
    with ExitStack() as stack:
        sites = [await seeded(stack, number) for number in (FEW, MANY)]
        rows = []
        for name, path in {**API, **EXAMINED}.items():
            calls = [request("GET", _path("/api/v1", path, site), key=site.key) for site in sites]
            rows.append(await _growth(name, sites, calls, None if name in EXAMINED else AIM))
        for name, path in ROOMS.items():
            calls = [request("GET", _path("/dashboard", path, site), session=site.session) for site in sites]
            rows.append(await _growth(name, sites, calls, AIM))
        return rows


def _path(prefix: str, path: str, site: Seeded) -> str:
    return prefix + path.format_map(site.words)


async def _growth(name: str, sites: list[Seeded], calls: list[bytes], aim: float | None) -> Growth:
    times: list[list[float]] = [[] for _ in sites]
    for turn in range(TURNS + 1):
        for place, (site, call) in enumerate(zip(sites, calls, strict=True)):
            taken = await site.connections.load(1, partial(next, repeat(call, CALLS), None))
            assert set(taken.statuses) == {200}, (name, taken.statuses)
            if turn > 0:  # the first one warms up
                times[place] += taken.latencies
    few, many = (statistics.median(found) * 1000 for found in times)
    return Growth(name, round(few, 2), round(many, 2), round(many / few, 2), aim)


async def seeded(stack: ExitStack, number: int) -> Seeded:
    """A server with `number` bookings, until the stack is closed."""
    redis_url = stack.enter_context(running_redis()).address
    config = Config(environment(redis_url))
    async with opened_store(config) as store:
        deployment = services(config, store)
        demo = await seed_demo(deployment)
        await seed_history(deployment, demo, number)
        key = await create_api_key(
            deployment, demo.workspace, demo.administrator, ApiKeyBody(label="Benchmark")
        )
        session = new_token(demo.workspace, tokens.SESSION_LENGTH)
        await write_session(
            store, demo.workspace, session, Session(user=demo.administrator.id, at=int(time.time()))
        )
    server = stack.enter_context(running_server(redis_url))
    connections = Connections(server.port)
    part = await connections.once(request("GET", "/api/v1/links", key=key))
    now = datetime.now(UTC)
    words = {
        "page": demo.page,
        "user": demo.administrator.id,
        "cursor": msgspec.json.decode(part.bodies[0])["next_cursor"],
        "now": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "month_ago": f"{now - timedelta(days=30):%Y-%m-%dT%H:%M:%SZ}",
        "first": f"{now - timedelta(days=89):%Y-%m-%d}",
        "last": f"{now:%Y-%m-%d}",
    }
    return Seeded(server, connections, key, session, words)
