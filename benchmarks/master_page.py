"""The offered times of a master page over a pool, for 30 days, end to end over HTTP.

`cost` is what one list takes over a pool of so many hosts, against a pool of ten. Hosts have weekday hours;
a few live bookings each are spread over them, and all are pooled, so that everybody's times are listed.
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import uvloop

from admitone.sealing import Sealer
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from admitone.usecases.accounts.user_find import ensure_user
from admitone.usecases.shared.services import Services
from benchmarks.client import request
from benchmarks.processes import running_redis, running_server
from benchmarks.site import HALF_AN_HOUR, OFFICE_HOURS, WEEKDAYS, Site

if TYPE_CHECKING:
    from collections.abc import Sequence

POOLS = (1, 10, 50, 200)
BOOKED_PER_HOST = 3
DAYS = 30
ROUNDS = 60
WARM = 5
ZONES = ("Europe/Paris", "America/New_York", "Asia/Tokyo", "Europe/Berlin")


class Times(msgspec.Struct, frozen=True):
    """One pool's figures; `median` in milliseconds, `cost` in lists of ten hosts."""

    hosts: int
    starts: int
    median: float
    cost: float


def measure() -> list[Times]:
    """Every pool, the same list again and again, by one client."""
    return uvloop.run(_measure())


async def _measure() -> list[Times]:
    with running_redis() as redis, running_server(redis.address) as server:
        site = Site(redis.address, server.port)
        pages, event_type = await _hosts(site, redis.address, max(POOLS))
        found = [await _listed(site, pages[:count], event_type) for count in POOLS]
    ten = next(median for count, (_, median) in zip(POOLS, found, strict=True) if count == 10)
    return [
        Times(count, starts, round(median, 2), round(median / ten, 2))
        for count, (starts, median) in zip(POOLS, found, strict=True)
    ]


async def _hosts(site: Site, redis_url: str, count: int) -> tuple[list[str], str]:
    """A booking page for each of so many users."""
    event_type: str = (await site.post("/event-types", HALF_AN_HOUR))["id"]
    pages = []
    for number, user in enumerate(await _users(redis_url, count)):
        body = {
            "title": f"Host {number}",
            "slug": f"host-{number}",
            "owner": user,
            "event_types": [event_type],
            "schedule": {
                "timezone": ZONES[number % len(ZONES)],
                "weekly": dict.fromkeys(WEEKDAYS, OFFICE_HOURS),
            },
        }
        pages.append((await site.post("/booking-pages", body))["id"])
    return pages, event_type


async def _users(redis_url: str, count: int) -> list[str]:
    """Users of the site's workspace; an address of the same domain is all that it takes."""
    sealer = Sealer({"benchmark": bytes(32)})
    async with open_redis(redis_url) as client, open_store(client, sealer, partitions=16) as store:
        services = Services(store=store, now=lambda: int(time.time()), public_url="", test_addresses=True)
        made = [
            await ensure_user(services, f"host-{number}@host.test", name=f"Host {number}")
            for number in range(count)
        ]
    return [user.id for _, user in made]


async def _listed(site: Site, pages: Sequence[str], event_type: str) -> tuple[int, float]:
    """How many starts are listed, and the median of how many milliseconds that takes."""
    members = [{"page": page} for page in pages]
    pool = await site.post("/pools", {"name": "Everybody", "method": "pooled", "members": members})
    slug = f"team-of-{len(pages)}"
    rules = [{"event_type": event_type, "primary": {"pool": pool["id"]}}]
    await site.post("/master-pages", {"title": "All", "slug": slug, "rule_type": "dynamic", "rules": rules})
    first = datetime.now(UTC).date() + timedelta(days=1)
    path = f"/api/v1/book/{slug}/slots?from={first}&to={first + timedelta(days=DAYS - 1)}"
    call = request("GET", path)
    starts = await _starts(site, call)
    for start in random.Random(7).choices(starts, k=BOOKED_PER_HOST * len(pages)):
        await site.connections.once(site.booking(slug, start))  # some are refused: those times are full
    taken = []
    for _ in range(WARM + ROUNDS):
        began = time.perf_counter()
        answer = await site.connections.once(call)
        taken.append(1000 * (time.perf_counter() - began))
        assert set(answer.statuses) == {200}, answer.bodies
    return len(starts), statistics.median(taken[WARM:])


async def _starts(site: Site, call: bytes) -> list[str]:
    listed: Any = msgspec.json.decode((await site.connections.once(call)).bodies[0])
    return [slot["start"] for day in listed["days"] for slot in day["slots"]]
