"""Two thousand customers at the same moment: everybody gets an answer, and nobody a 500."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import msgspec
import uvloop

from benchmarks.processes import running_redis, running_server
from benchmarks.site import Site

if TYPE_CHECKING:
    from benchmarks.client import Taken

CUSTOMERS = 2000
FILES = 2 * CUSTOMERS + 200


class Burst(msgspec.Struct, frozen=True):
    """What the customers were answered, by status, and the seconds that the last of them waited."""

    call: str
    customers: int
    answers: dict[int, int]
    longest: float


def measure() -> list[Burst]:
    """Everybody looks, then everybody books: half of them a time of their own, half the same one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, most), most))
    return uvloop.run(_measure())


async def _measure() -> list[Burst]:
    with running_redis() as redis, running_server(redis.address) as server:
        site = Site(redis.address, server.port)
        await site.prepare()
        codes = await site.links(CUSTOMERS)
        looks = iter([site.slots(code) for code in await site.links(CUSTOMERS, site.quiet_page)])
        start = site.next_start()
        half = CUSTOMERS // 2
        books = iter(
            [
                *(site.booking(code) for code in codes[:half]),
                *(site.booking(code, start) for code in codes[half:CUSTOMERS]),
            ]
        )
        return [
            _burst("slots", await site.connections.load(CUSTOMERS, lambda: next(looks, None))),
            _burst("booking", await site.connections.load(CUSTOMERS, lambda: next(books, None))),
        ]


def _burst(call: str, taken: Taken) -> Burst:
    assert not any(status >= 500 and status != 503 for status in taken.statuses), taken.statuses
    return Burst(call, len(taken.latencies), dict(taken.statuses), round(max(taken.latencies), 2))
