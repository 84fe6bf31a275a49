"""Round trips to Redis for each request, as `/metrics` counts them.

One client alone pays for whole trips; what many ask for at a time shares them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import uvloop

from benchmarks.client import Connections, request
from benchmarks.processes import running_redis, running_server
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REQUESTS = 2000
_TRIPS = re.compile(rb"^admitone_redis_trips (\S+)$", re.MULTILINE)


class Trips(msgspec.Struct, frozen=True):
    """One figure."""

    call: str
    clients: int
    trips: float
    """For each request."""


def measure() -> list[Trips]:
    """Trips of each call, with one client and with many."""
    return uvloop.run(_measure())


async def _measure() -> list[Trips]:
    with running_redis() as redis, running_server(redis.address) as server:
        site = Site(redis.address, server.port)
        await site.prepare()
        codes = await site.links(4 * REQUESTS)
        creation, slots = site.creation(), site.slots((await site.links(1, site.quiet_page))[0])
        calls: dict[str, Callable[[], bytes]] = {
            "creation": lambda: creation,
            "booking": lambda: site.booking(codes.pop()),
            "slots": lambda: slots,
        }
        return [
            Trips(call, clients, await _trips(site.connections, make, clients))
            for call, make in calls.items()
            for clients in (1, 128)
        ]


async def _trips(connections: Connections, make: Callable[[], bytes], clients: int) -> float:
    await connections.once(make())  # the first one reads the configuration too
    calls: Iterator[bytes] = (make() for _ in range(REQUESTS))
    before = await _so_far(connections)
    await connections.load(clients, lambda: next(calls, None))
    return round((await _so_far(connections) - before) / REQUESTS, 3)


async def _so_far(connections: Connections) -> float:
    taken = await connections.once(request("GET", "/metrics"))
    found = _TRIPS.search(taken.bodies[0])
    assert found
    return float(found[1])
