"""Whether a call takes longer where there are a million links than where there are a thousand.

Two servers, each with its own Redis, take turns with one client. `growth` is the ratio of the medians of
their times, `work` the median of the ratios of their processor times in neighbouring turns: other programs on
the machine disturb it less.
"""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import uvloop

from admitone.domain import tokens
from admitone.domain.event import Event
from admitone.domain.links.link import Link
from admitone.sealing import Sealer
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.links import create_links
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from admitone.usecases.shared.services import new_token
from benchmarks.http_load import processor_time
from benchmarks.processes import SECRET_KEY, running_redis, running_server
from benchmarks.site import BATCH, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FEW, MANY = 1_000, 1_000_000
TURNS = 20
CALLS = 100
"""In each turn."""
AIM = 1.1
AIM_OF_LISTS = 1.2


class Growth(msgspec.Struct, frozen=True):
    """One figure; the times are medians in milliseconds."""

    call: str
    few: float
    many: float
    growth: float
    work: float
    aim: float


def measure() -> list[Growth]:
    """Each call's growth."""
    return uvloop.run(_measure())


async def _measure() -> list[Growth]:
    with ExitStack() as stack:
        few, many = [await _site(stack, number) for number in (FEW, MANY)]
        booked = {site: await site.links((TURNS + 1) * CALLS) for site in (few, many)}
        looked = {site: (await site.links(1, site.quiet_page))[0] for site in (few, many)}
        return [
            await growth_of("creation", {site: site.creation for site in (few, many)}, AIM, status=201),
            await growth_of(
                "booking", {site: partial(_booking, site, booked[site]) for site in booked}, AIM, status=201
            ),
            await growth_of("slots", {site: partial(site.slots, looked[site]) for site in looked}, AIM),
        ]


def _booking(site: Site, codes: list[str]) -> bytes:
    return site.booking(codes.pop())


async def growth_of(
    call: str,
    makers: Mapping[Site, Callable[[], bytes]],
    aim: float,
    *,
    status: int = 200,
    turns: int = TURNS,
    calls_a_turn: int = CALLS,
) -> Growth:
    """The growth of one call, which both sites answer in turns, from the first site to the second."""
    times: dict[Site, list[float]] = {site: [] for site in makers}
    spent: dict[Site, list[float]] = {site: [] for site in makers}
    for _ in range(turns):
        for site, make in makers.items():
            calls = iter([make() for _ in range(calls_a_turn)])
            before = _processor_time(site)
            taken = await site.connections.load(1, partial(next, calls, None))
            assert set(taken.statuses) == {status}, taken.statuses
            times[site] += taken.latencies
            spent[site].append(_processor_time(site) - before)
    small, large = (statistics.median(found) * 1000 for found in times.values())
    work = statistics.median(upper / lower for lower, upper in zip(*spent.values(), strict=True))
    return Growth(call, round(small, 2), round(large, 2), round(large / small, 2), round(work, 2), aim)


def _processor_time(site: Site) -> float:
    return sum(processor_time(process) for process in site.processes)


async def _site(stack: ExitStack, number: int) -> Site:
    redis = stack.enter_context(running_redis())
    server = stack.enter_context(running_server(redis.address))
    site = Site(redis.address, server.port, (server, redis))
    await site.prepare()
    await _fill(redis.address, site, number)
    return site


async def _fill(redis_url: str, site: Site, number: int) -> None:
    """Write links as the server does, but past its HTTP."""
    workspace = site.key[: tokens.WORKSPACE_LENGTH]
    key_id, _, key = SECRET_KEY.partition(":")
    sealer = Sealer({key_id: msgspec.json.decode(f'"{key}"', type=bytes)})
    client = open_redis(redis_url)
    async with open_store(client, sealer, 16) as store:
        snapshot = await read_snapshot(store, workspace, Wanted())
        for _ in range(number // BATCH):
            now = int(time.time())
            links = [_link(workspace, site.page, now) for _ in range(BATCH)]
            events = [Event(type="link.created", at=now, by="host", link=link.id) for link in links]
            created = time.time_ns() // 1000
            await create_links(
                snapshot,
                links,
                events,
                created=created,
                day=datetime.fromtimestamp(now, UTC).date(),
                operation=None,
                kept=None,
            )
    await client.aclose()


def _link(workspace: str, page: str, now: int) -> Link:
    code = new_token(workspace, tokens.CODE_LENGTH)
    return Link(
        id=tokens.link_id(code),
        page=page,
        created_by="host",
        created_at=now,
        code=code,
        expires_at=now + 90 * 86_400,
    )
