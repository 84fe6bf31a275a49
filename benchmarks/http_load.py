"""Processor time of the server for each call, as a ratio to that of a bare aiohttp handler.

Floor and server take turns in short slices; the figure is the median of the ratios of neighbouring slices,
so that whatever else the machine does at the time weighs on both. Processor time is what the kernel counts
for all threads of a process: it does not depend on how many cores the load itself takes.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import uvloop

from benchmarks.client import Connections, request
from benchmarks.processes import running_floor, running_redis, running_server
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.processes import Running

CLIENTS = 32
TURNS = 40
CALLS = 100
"""In each turn."""
AIMS = {"creation": 5.0, "booking": 9.0, "month": 15.0, "page": 45.0}
FLOOR = request("POST", "/")
STATUS = {"creation": 201, "booking": 201, "month": 200, "page": 200}


class Ratio(msgspec.Struct, frozen=True):
    """One figure; times are microseconds of processor time for one call."""

    call: str
    floor: float
    server: float
    redis: float
    ratio: float
    aim: float


def measure() -> list[Ratio]:
    """Every ratio."""
    return uvloop.run(_measure())


async def _measure() -> list[Ratio]:
    with running_redis() as redis, running_floor() as floor, running_server(redis.address) as server:
        site, bare = Site(redis.address, server.port), Connections(floor.port)
        await site.prepare()
        calls = await _calls(site)
        return [await _ratio(call, make, site, bare, (floor, server, redis)) for call, make in calls.items()]


async def _calls(site: Site) -> dict[str, Callable[[], bytes]]:
    codes = await site.links((TURNS + 2) * CALLS)
    [code, *_] = await site.links(1, site.quiet_page)
    creation, month, page = site.creation(), site.slots(code, days=30), request("GET", f"/{site.quiet_slug}")
    return {  # bookings last: they fill the host's time, of which the others tell
        "creation": lambda: creation,
        "month": lambda: month,
        "page": lambda: page,
        "booking": lambda: site.booking(codes.pop()),
    }


async def _ratio(
    call: str,
    make: Callable[[], bytes],
    site: Site,
    bare: Connections,
    processes: tuple[Running, Running, Running],
) -> Ratio:
    floor, server, redis = processes
    found: list[tuple[float, float, float]] = []
    for turn in range(TURNS + 2):
        before = processor_time(floor)
        await _load(bare, lambda: FLOOR, 200)
        lower = processor_time(floor) - before
        before, of_redis = processor_time(server), processor_time(redis)
        await _load(site.connections, make, STATUS[call])
        if turn > 1:  # the first ones warm up
            found.append((lower, processor_time(server) - before, processor_time(redis) - of_redis))
    floors, servers, others = zip(*found, strict=True)
    return Ratio(
        call=call,
        floor=round(statistics.median(floors) / CALLS, 1),
        server=round(statistics.median(servers) / CALLS, 1),
        redis=round(statistics.median(others) / CALLS, 1),
        ratio=round(statistics.median(upper / lower for lower, upper, _ in found), 1),
        aim=AIMS[call],
    )


async def _load(connections: Connections, make: Callable[[], bytes], status: int) -> None:
    calls = iter([make() for _ in range(CALLS)])
    taken = await connections.load(CLIENTS, lambda: next(calls, None))
    assert set(taken.statuses) == {status}, taken.statuses


def processor_time(process: Running) -> float:
    """Microseconds that all threads of a process have run so far (Linux's /proc/PID/task/TID/schedstat)."""
    threads = Path(f"/proc/{process.pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1000
