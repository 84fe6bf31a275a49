"""Creation and booking at 1, 32 and 128 clients, as ratios to a floor that is measured in the same run.

Floor and server take turns in slices of a fraction of a second, each on the same Redis with `appendfsync
always`; the figure is the median of the ratios of neighbouring slices, so that whatever else the machine
does at the time weighs on both.
"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

import msgspec
import uvloop

from benchmarks.client import Connections, request
from benchmarks.processes import running_floor, running_redis, running_server
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENTS = (1, 32, 128)
SLICE = 0.5
"""Seconds."""
TURNS = 12
AIMS = {"creation": (0.8, 1.0, 2.0), "booking": (0.6, 0.8, 1.5)}
FLOOR = request("POST", "/")


class Ratio(msgspec.Struct, frozen=True):
    """One figure; rates are calls a second."""

    call: str
    clients: int
    floor: int
    rate: int
    ratio: float
    aim: float


def measure() -> list[Ratio]:
    """Every ratio."""
    return uvloop.run(_measure())


async def _measure() -> list[Ratio]:
    found = []
    with running_redis() as redis_url, running_floor(redis_url) as floor, running_server(redis_url) as server:
        site, bare = Site(redis_url, server), Connections(floor)
        await site.prepare()
        for call, aims in AIMS.items():
            for clients, aim in zip(CLIENTS, aims, strict=True):
                found.append(await _ratio(call, clients, aim, site, bare))
    return found


async def _ratio(call: str, clients: int, aim: float, site: Site, bare: Connections) -> Ratio:
    rates: list[tuple[float, float]] = []
    codes: list[str] = []
    for turn in range(TURNS + 1):
        if call == "booking" and len(codes) < 5_000:
            codes += await site.links(5_000)
        lower = await bare.load(clients, lambda: FLOOR, seconds=SLICE)
        taken = await site.connections.load(clients, _requests(call, site, codes), seconds=SLICE)
        assert set(lower.statuses) == {200}, lower.statuses
        assert set(taken.statuses) == {201}, taken.statuses
        if turn:  # the first one warms up
            rates.append((lower.rate, taken.rate))
    return Ratio(
        call=call,
        clients=clients,
        floor=round(statistics.median(floor for floor, _ in rates)),
        rate=round(statistics.median(rate for _, rate in rates)),
        ratio=round(statistics.median(rate / floor for floor, rate in rates), 2),
        aim=aim,
    )


def _requests(call: str, site: Site, codes: list[str]) -> Callable[[], bytes]:
    if call == "booking":
        return lambda: site.booking(codes.pop())
    creation = site.creation()
    return lambda: creation
